import type { PersonId, PictureLayer, View } from '@chatmux/schema';

/** What is of use of each person's pictures; whoever is not named may come as the plan says. */
export type Views = ReadonlyMap<PersonId, View>;

export const FULL_VIEW: View = { cam: 3, screen: 3 };
/** Nobody looks: pictures rest, sound goes on. */
export const NO_VIEW: View = { cam: 0, screen: 0 };

/** Up to this height a face is drawn well from the small size (135 lines), and from the middle one (270), in device pixels. */
const SMALL_FACE = 108;
const MIDDLE_FACE = 216;
/** The same of a screen, whose words need more: the small size has half of its lines. */
const SMALL_SCREEN = 240;

/** [VW1] The smallest size of a face with a quarter more lines than it is drawn with. @param height device pixels */
export function faceLayer(height: number): PictureLayer {
  if (height <= SMALL_FACE) return 1;
  return height <= MIDDLE_FACE ? 2 : 3;
}

/** [VW2] A screen that is drawn small needs its small size alone. @param height device pixels */
export const screenLayer = (height: number): PictureLayer => (height <= SMALL_SCREEN ? 1 : 3);

export const isSameView = (one: View, two: View): boolean => one.cam === two.cam && one.screen === two.screen;

export function areSameViews(one: Views, two: Views): boolean {
  if (one.size !== two.size) return false;
  for (const [id, view] of one) {
    const other = two.get(id);
    if (!other || !isSameView(view, other)) return false;
  }
  return true;
}
