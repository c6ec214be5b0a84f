import { lazy } from 'react';
import { useApp } from '../store/store.ts';
import { AppShell } from '../ui/app-shell.tsx';
import type { Chatmux } from './chatmux.ts';

/** three.js comes only now: the lobby is there before it. */
const WorldScene = lazy(() => import('../scene/world-scene.tsx'));

/** The page: panels around the world. */
export function App({ app }: { app: Chatmux }) {
  const place = useApp((state) => state.world && `${state.world.id}/${state.copy}`);
  const { sim, map } = app.session ?? {};
  const world =
    place !== undefined && sim && map ? (
      <WorldScene key={place} map={map} sim={sim} frame={app.frames} />
    ) : null;
  return <AppShell actions={app.actions} world={world} />;
}

/** Fetches the scene's code ahead, while somebody still chooses a name. */
export function preloadScene(): void {
  void import('../scene/world-scene.tsx');
}
