import { useCallback, useSyncExternalStore } from 'react';

/** Whether a media query holds now, kept up to date. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (changed: () => void) => {
      const list = matchMedia(query);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}

/** Widths below this get the phone's layout: sheets from below instead of panels at the side. */
export const PHONE = '(max-width: 720px), (max-height: 480px)';
/** A finger is what points here. */
export const COARSE = '(pointer: coarse)';
