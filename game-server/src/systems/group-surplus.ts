import { WAITING_CAP } from './circle-rules.ts';
import type { Group } from './group-components.ts';
import { byAge, type GroupIndex, type GroupWorld, type Standing, type Tie } from './group-index.ts';
import { cut, type Dirty } from './group-links.ts';
import { fits, waitsOf } from './group-room.ts';

/**
 * [GP13] Where circles grew, ties begin to wait: the youngest above what a person may have of those are ended. Those of a circle
 * never wait, so they stay.
 * @param groups who was written down anew
 */
export function endSurplus(
  world: GroupWorld,
  index: GroupIndex,
  groups: readonly Group[],
  dirty: Dirty,
): void {
  const { grouping } = world;
  index.look += 1;
  const over = new Set<Standing>();
  for (const { members } of groups)
    for (const standing of members)
      for (const { one, two } of standing.ties) {
        if (fits(grouping, index, one, two)) continue;
        for (const end of [one, two]) if (waitsOf(grouping, index, end) > WAITING_CAP) over.add(end);
      }
  const surplus = new Set<Tie>();
  for (const standing of over)
    for (const tie of standing.ties) if (!fits(grouping, index, tie.one, tie.two)) surplus.add(tie);
  for (const tie of [...surplus].sort((one, two) => byAge(two, one))) {
    const ends = [tie.one, tie.two];
    if (ends.every((end) => waitsOf(grouping, index, end) <= WAITING_CAP)) continue;
    // Counted before the tie is gone, so that both counts hold.
    for (const end of ends) end.waits = waitsOf(grouping, index, end) - 1;
    cut(world, tie, dirty);
  }
}
