import type { Grouping } from '../world/grouping.ts';
import { CIRCLE_CAP, TIE_CAP, WAITING_CAP } from './circle-rules.ts';
import { type GroupIndex, otherEnd, type Standing } from './group-index.ts';

/** [GP13] For whom there is room: sizes of circles and counts of ties, as of the index’s present look. */

/** Their link could count: they are in one circle, or their circles are small enough to become one. */
export function fits(grouping: Grouping, { look }: GroupIndex, one: Standing, two: Standing): boolean {
  return (
    (one.circle !== 0 && one.circle === two.circle) ||
    sizeOf(grouping, look, one) + sizeOf(grouping, look, two) <= CIRCLE_CAP
  );
}

function sizeOf(grouping: Grouping, look: number, standing: Standing): number {
  if (standing.sizedIn !== look) {
    standing.sizedIn = look;
    standing.size = grouping.circles.get(standing.circle)?.members.size ?? 1;
  }
  return standing.size;
}

/** How many ties of theirs wait, because they don't fit. */
export function waitsOf(grouping: Grouping, index: GroupIndex, standing: Standing): number {
  if (standing.countedIn !== index.look) {
    standing.countedIn = index.look;
    standing.waits = 0;
    for (const tie of standing.ties)
      if (!fits(grouping, index, standing, otherEnd(tie, standing))) standing.waits += 1;
  }
  return standing.waits;
}

/** Whether both may have one more tie: with each other. */
export function haveRoom(grouping: Grouping, index: GroupIndex, one: Standing, two: Standing): boolean {
  if (one.ties.length >= TIE_CAP || two.ties.length >= TIE_CAP) return false;
  if (fits(grouping, index, one, two)) return true;
  return waitsOf(grouping, index, one) < WAITING_CAP && waitsOf(grouping, index, two) < WAITING_CAP;
}
