import type { PersonId } from '@chatmux/schema';

/** Lines of the tallest tile of each picture, in device pixels, by its name: see `pictureName`. */
export type TileLines = ReadonlyMap<string, number>;

export const pictureName = (picture: 'cam' | 'screen', id: PersonId) => `${picture} ${id}`;

/** Parts of a tile where something may lie over it: its middle and four places around it. */
const PLACES = [
  [0.5, 0.5],
  [0.25, 0.25],
  [0.75, 0.25],
  [0.25, 0.75],
  [0.75, 0.75],
] as const;

/** Measures the tiles that can be seen now: not those that are hidden, scrolled out or covered. */
export function measureTiles(page: Document): TileLines {
  const found = new Map<string, number>();
  for (const video of page.querySelectorAll<HTMLVideoElement>('video[data-picture]')) {
    const name = video.dataset.picture ?? '';
    if (isSeen(video)) found.set(name, Math.max(found.get(name) ?? 0, linesOfTile(video)));
  }
  return found;
}

function isSeen(video: HTMLVideoElement): boolean {
  if (!video.checkVisibility({ visibilityProperty: true })) return false;
  const { left, top, width, height } = video.getBoundingClientRect();
  return PLACES.some(([x, y]) => {
    // Undefined outside the window. What lies over a picture inside its own tile covers little of it.
    const there = video.ownerDocument.elementFromPoint(left + width * x, top + height * y);
    return there !== null && video.parentElement?.contains(there) === true;
  });
}

/** Lines of the picture itself: it fills its tile, or leaves room beside it. */
function linesOfTile(video: HTMLVideoElement): number {
  const { width, height } = video.getBoundingClientRect();
  const byWidth = video.videoWidth > 0 ? (width * video.videoHeight) / video.videoWidth : height;
  const lines = video.dataset.whole === 'true' ? Math.min(height, byWidth) : Math.max(height, byWidth);
  return lines * devicePixelRatio;
}
