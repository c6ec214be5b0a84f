/**
 * Colours of circles, the same on the ground, in the list and on maps. Lighter and calmer than people's, and none near
 * the green of speaking. Colour comes on top: words and shapes say the same.
 */
const COLOURS = ['#ffd28a', '#a9c8ff', '#f3b3d1', '#c9b8ff', '#8fdde0', '#ffb59e'] as const;

/** A circle's colour, by its id. */
export function circleColour(id: number): string {
  const count = COLOURS.length;
  return COLOURS[((Math.trunc(id) % count) + count) % count] ?? COLOURS[0];
}
