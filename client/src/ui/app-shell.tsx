import type { ReactNode } from 'react';
import type { Actions } from '../app/actions.ts';
import { useApp } from '../store/store.ts';
import { ActionsContext } from './actions-context.ts';
import { InviteDialog } from './invite/invite-dialog.tsx';
import { Lobby } from './lobby/lobby.tsx';
import './styles/index.css';
import { Toasts } from './toasts.tsx';
import { useTheme } from './use-theme.ts';
import { useTitle } from './use-title.ts';
import { WorldView } from './world/world-view.tsx';

interface Props {
  actions: Actions;
  /**
   * The 3D world; nothing while there is none yet. It is drawn only once inside, so a lazy component here keeps three.js
   * out of the lobby, and what it waits for shows as "Setting out the town…".
   */
  world: ReactNode;
}

/** Everything one sees: the lobby before the door, the world with its panels behind it. */
export function AppShell({ actions, world }: Props) {
  const inside = useApp((state) => state.phase === 'world');
  useTheme();
  useTitle();
  return (
    <ActionsContext value={actions}>
      {inside ? <WorldView world={world} /> : <Lobby />}
      <InviteDialog />
      <Toasts />
    </ActionsContext>
  );
}
