import type { Grouping } from '../world/grouping.ts';
import type { Group } from './group-components.ts';

const LAST_ID = 65535;

/** What a group has of an old circle. */
interface Share {
  group: Group;
  circle: number;
  count: number;
  /** Lowest id of those members. */
  lowest: number;
}

/**
 * [GP6–GP7] The circle id of each group of two or more: the largest share of an old circle keeps its id; where a group
 * could keep several, the circle that brings more people gives it.
 * @param groups in the order of their lowest ids; new ids are given in this order
 */
export function chooseIds(grouping: Grouping, groups: readonly Group[]): Map<Group, number> {
  const largest = new Map<number, Share>();
  for (const group of groups)
    for (const share of sharesOf(group)) {
      const other = largest.get(share.circle);
      if (!other || share.count > other.count || (share.count === other.count && share.lowest < other.lowest))
        largest.set(share.circle, share);
    }
  const kept = new Map<Group, Share>();
  for (const share of largest.values()) {
    const other = kept.get(share.group);
    if (!other || share.count > other.count || (share.count === other.count && share.circle < other.circle))
      kept.set(share.group, share);
  }
  const ids = new Map<Group, number>();
  for (const group of groups)
    if (group.members.length > 1) ids.set(group, kept.get(group)?.circle ?? freshId(grouping));
  return ids;
}

function sharesOf(group: Group): Iterable<Share> {
  const shares = new Map<number, Share>();
  if (group.members.length < 2) return [];
  for (const { id, circle } of group.members) {
    if (circle === 0) continue;
    const share = shares.get(circle);
    if (share) share.count += 1;
    else shares.set(circle, { group, circle, count: 1, lowest: id });
  }
  return shares.values();
}

/** Counts on, round the circle, so that an id is used again only after all others were. */
function freshId(grouping: Grouping): number {
  while (grouping.circles.has(grouping.nextId)) grouping.nextId = (grouping.nextId % LAST_ID) + 1;
  const id = grouping.nextId;
  grouping.nextId = (id % LAST_ID) + 1;
  return id;
}

/** Writes the groups down as circles. Ends those of the old circles that no group keeps. */
export function writeCircles(
  grouping: Grouping,
  groups: readonly Group[],
  ids: ReadonlyMap<Group, number>,
  dirtyCircles: Iterable<number>,
): void {
  const before = new Set(dirtyCircles);
  for (const { members } of groups) for (const { circle } of members) if (circle !== 0) before.add(circle);
  const kept = new Set(ids.values());
  for (const id of [...before].sort((a, b) => a - b))
    if (!kept.has(id) && grouping.circles.delete(id)) grouping.changedCircles.add(id);
  for (const group of groups) {
    const id = ids.get(group) ?? 0;
    for (const member of group.members) member.circle = id;
    if (id === 0) continue;
    const members = new Set(group.members.map((member) => member.id));
    const circle = grouping.circles.get(id);
    if (circle?.locked !== group.locked) grouping.changedCircles.add(id);
    if (circle) Object.assign(circle, { members, locked: group.locked });
    else grouping.circles.set(id, { id, locked: group.locked, members });
  }
}
