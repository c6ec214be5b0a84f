import { createContext, useContext } from 'react';
import type { Actions } from '../app/actions.ts';

/** What panels may ask for; `AppShell` provides it. */
export const ActionsContext = createContext<Actions | undefined>(undefined);

/** @throws Error when used outside of AppShell */
export function useActions(): Actions {
  const actions = useContext(ActionsContext);
  if (!actions) throw new Error('useActions needs an AppShell above it.');
  return actions;
}
