import { useEffect } from 'react';
import { useApp } from '../store/store.ts';

/** The tab is called after the world one is in. */
export function useTitle(): void {
  const world = useApp((state) => (state.phase === 'world' ? state.world?.name : undefined));
  useEffect(() => {
    document.title = world === undefined ? 'chatMUX' : `${world} · chatMUX`;
  }, [world]);
}
