import type { MediaSource } from '@chatmux/schema';

/** Above all that faces can have: a screen is filled up first. mediasoup takes 1 to 255. */
const SCREEN = 100;
/** What speaking adds: as much as two layers more. */
const SPEAKING = 4;

/**
 * [RP19] Share of a picture when not all fit a listener's line: a screen before faces, a large screen before a small one;
 * of faces whoever is near and drawn large (which the layer says) and who speaks.
 * @param layer wanted of it, 1 to 3
 */
export function priorityOf(
  { source, speaks }: { source: MediaSource; speaks: boolean },
  layer: number,
): number {
  const share = 2 * layer;
  return source === 'screen' ? SCREEN + share : share + (speaks ? SPEAKING : 0);
}
