import type { PersonId } from '@chatmux/schema';
import { createContext, useContext } from 'react';

/** The one menu of the list that is open. It is the list's, and not the row's: rows go from group to group as people walk. */
export interface OpenMenu {
  readonly person: PersonId;
  /** It asks whether to block them. */
  readonly asks: boolean;
}

interface MenuState {
  readonly menu: OpenMenu | undefined;
  setMenu(menu: OpenMenu | undefined): void;
}

/** `PeoplePanel` provides it. */
export const OpenMenuContext = createContext<MenuState | undefined>(undefined);

/** @throws Error when used outside of PeoplePanel */
export function useOpenMenu(): MenuState {
  const state = useContext(OpenMenuContext);
  if (!state) throw new Error('useOpenMenu needs a PeoplePanel above it.');
  return state;
}
