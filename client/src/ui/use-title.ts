import { useEffect } from 'react';
import { useApp } from '../store/store.ts';
import { placeName } from './words/place-name.ts';

/** The tab is called after the place one is in. */
export function useTitle(): void {
  const place = useApp(({ phase, world, copy }) =>
    phase === 'world' && world ? placeName(world.name, copy) : undefined,
  );
  useEffect(() => {
    document.title = place === undefined ? 'chatMUX' : `${place} · chatMUX`;
  }, [place]);
}
