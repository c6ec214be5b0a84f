import type { PersonId } from '@chatmux/schema';
import type { Grouping } from '../world/grouping.ts';
import { CIRCLE_CAP } from './circle-rules.ts';
import { byAge, type GroupIndex, otherEnd, type Standing, type Tie } from './group-index.ts';
import type { Dirty } from './group-links.ts';

/** People who stay together whatever else happens: a linked part of a circle, or somebody alone. */
interface Part {
  readonly members: Standing[];
  /** Links across its edge don't count. */
  readonly locked: boolean;
  /** The part it was joined to. */
  over: Part | undefined;
  /** People in all that was joined to it. */
  size: number;
}

/** People who are together from now on; one alone is a group as well. */
export interface Group {
  /** In ascending order of ids. */
  members: Standing[];
  locked: boolean;
}

/**
 * [GP4–GP5] Who is together now, as far as that may have changed, in the order of their lowest ids.
 *
 * Only links that end in a dirty circle, or are new, can join anything: between two circles that are as they were, a
 * link didn't fit before, and doesn't now.
 */
export function findGroups(grouping: Grouping, index: GroupIndex, dirty: Dirty): Group[] {
  const parts = new Map<PersonId, Part>();
  const changed: Part[] = [];
  for (const tie of dirty.ties) {
    if (!mayJoin(grouping, tie)) continue;
    for (const standing of [tie.one, tie.two])
      if (standing.circle !== 0) dirty.circles.add(standing.circle);
      else if (!parts.has(standing.id)) changed.push(addPart(parts, [standing], false));
  }
  for (const id of dirty.circles) changed.push(...splitCircle(grouping, index, id, parts));
  joinParts(grouping, index, changed, parts);
  return gather(parts);
}

const sizeOf = (grouping: Grouping, circle: number) => grouping.circles.get(circle)?.members.size ?? 1;
const isLocked = (grouping: Grouping, circle: number) => grouping.circles.get(circle)?.locked ?? false;

function mayJoin(grouping: Grouping, { one, two }: Tie): boolean {
  if (isLocked(grouping, one.circle) || isLocked(grouping, two.circle)) return false;
  return sizeOf(grouping, one.circle) + sizeOf(grouping, two.circle) <= CIRCLE_CAP;
}

function addPart(parts: Map<PersonId, Part>, members: Standing[], locked: boolean): Part {
  const part: Part = { members, locked, over: undefined, size: members.length };
  for (const { id } of members) parts.set(id, part);
  return part;
}

/** The parts of a circle that are still linked. One alone is free, whatever the lock was. */
function splitCircle(grouping: Grouping, index: GroupIndex, id: number, parts: Map<PersonId, Part>): Part[] {
  const circle = grouping.circles.get(id);
  const found: Part[] = [];
  for (const member of circle?.members ?? []) {
    if (parts.has(member)) continue;
    const members = linkedWith(index.standings.get(member) as Standing);
    found.push(addPart(parts, members, members.length > 1 && circle?.locked === true));
  }
  return found;
}

/** Everyone of the same circle who is linked with somebody, over others too. */
function linkedWith(first: Standing): Standing[] {
  const reached = new Set([first]);
  for (const standing of reached)
    for (const tie of standing.ties) {
      const other = otherEnd(tie, standing);
      if (tie.link.linked && other.circle === first.circle) reached.add(other);
    }
  return [...reached];
}

function joinParts(
  grouping: Grouping,
  index: GroupIndex,
  changed: readonly Part[],
  parts: Map<PersonId, Part>,
): void {
  const waiting: Tie[] = [];
  for (const part of changed) {
    if (part.locked) continue;
    for (const standing of part.members)
      for (const tie of standing.ties) {
        if (!tie.link.linked) continue;
        const other = otherEnd(tie, standing);
        const theirs = parts.get(other.id) ?? wholePart(grouping, index, other, part, parts);
        if (theirs && theirs !== part && !theirs.locked && theirs.size + part.size <= CIRCLE_CAP)
          waiting.push(tie);
      }
  }
  for (const { one, two } of waiting.sort(byAge)) {
    const ours = top(parts.get(one.id) as Part);
    const theirs = top(parts.get(two.id) as Part);
    if (ours === theirs || ours.size + theirs.size > CIRCLE_CAP) continue;
    theirs.over = ours;
    ours.size += theirs.size;
  }
}

/** A circle that is as it was, or somebody alone; none where it is too large anyway. */
function wholePart(
  grouping: Grouping,
  index: GroupIndex,
  { id, circle }: Standing,
  beside: Part,
  parts: Map<PersonId, Part>,
): Part | undefined {
  if (isLocked(grouping, circle) || sizeOf(grouping, circle) + beside.size > CIRCLE_CAP) return undefined;
  const members = circle === 0 ? [id] : [...(grouping.circles.get(circle)?.members ?? [])];
  return addPart(
    parts,
    members.map((member) => index.standings.get(member) as Standing),
    false,
  );
}

function top(part: Part): Part {
  let highest = part;
  while (highest.over) highest = highest.over;
  return highest;
}

function gather(parts: ReadonlyMap<PersonId, Part>): Group[] {
  const groups = new Map<Part, Group>();
  for (const part of new Set(parts.values())) {
    const over = top(part);
    const group = groups.get(over);
    if (group) group.members.push(...part.members);
    else groups.set(over, { members: [...part.members], locked: part.locked });
  }
  for (const { members } of groups.values()) members.sort((a, b) => a.id - b.id);
  return [...groups.values()].sort((a, b) => lowestOf(a) - lowestOf(b));
}

const lowestOf = (group: Group): PersonId => group.members[0]?.id ?? 0;
