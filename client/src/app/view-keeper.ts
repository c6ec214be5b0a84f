import type { Milliseconds, PersonId, PictureLayer, View } from '@chatmux/schema';
import { FULL_VIEW, isSameView, type Views } from '../media/index.ts';

/** Less is asked for only after this long: whoever looks away for a moment, or closes a panel again, sees no change. */
export const LESS_AFTER_MS: Milliseconds = 3000;

interface Kept {
  view: View;
  /** Since when less would do. */
  lessSinceMs: Milliseconds | undefined;
}

/** [VW4] More is asked for at once, less when it has been enough for a while. */
export class ViewKeeper {
  private readonly kept = new Map<PersonId, Kept>();

  /** @param wished what each person's pictures are drawn with now; others are forgotten */
  look(wished: Views, nowMs: Milliseconds): Views {
    for (const id of this.kept.keys()) if (!wished.has(id)) this.kept.delete(id);
    for (const [id, wish] of wished) {
      // Who comes is asked for whole: what is drawn of them is not known yet.
      const one = this.kept.get(id) ?? { view: FULL_VIEW, lessSinceMs: undefined };
      this.kept.set(id, one);
      const most: View = { cam: max(one.view.cam, wish.cam), screen: max(one.view.screen, wish.screen) };
      if (isSameView(most, wish)) {
        one.view = wish;
        one.lessSinceMs = undefined;
        continue;
      }
      one.view = most;
      one.lessSinceMs ??= nowMs;
      if (nowMs - one.lessSinceMs < LESS_AFTER_MS) continue;
      one.view = wish;
      one.lessSinceMs = undefined;
    }
    return new Map([...this.kept].map(([id, { view }]) => [id, view]));
  }
}

const max = (one: PictureLayer, two: PictureLayer): PictureLayer => (one > two ? one : two);
