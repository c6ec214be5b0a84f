import { JOIN_METRES, LEAVE_METRES } from '@chatmux/engine';
import { pairKey } from '../world/grouping.ts';
import { JOIN_DWELL_TICKS, LEAVE_DWELL_TICKS } from './circle-rules.ts';
import {
  ALONE,
  addStanding,
  distanceSquared,
  type GroupIndex,
  type GroupWorld,
  otherEnd,
  removeStanding,
  removeTie,
  type Stander,
  type Standing,
  startDwell,
  type Tie,
} from './group-index.ts';
import { meetNeighbours } from './group-meet.ts';

const JOIN_SQUARED = JOIN_METRES * JOIN_METRES;
const LEAVE_SQUARED = LEAVE_METRES * LEAVE_METRES;

/** What a tick did to links, as far as circles may change by it. */
export interface Dirty {
  /** Circles that lost a link or a member, or were unlocked. */
  readonly circles: Set<number>;
  /** Links that count from now on, between people of different circles or of none. */
  readonly ties: Tie[];
}

/** [GP1–GP3, GP13] Brings the links up to date: looks at those who moved, and at pairs whose dwell runs. */
export function updateLinks(world: GroupWorld, index: GroupIndex, dirty: Dirty): void {
  const moved = findMoved(world, index, dirty);
  // Backwards: a tie that is cut gives its place to the last one, which was weighed before.
  for (const standing of moved)
    for (let i = standing.ties.length - 1; i >= 0; i--) {
      const tie = standing.ties[i] as Tie;
      const other = otherEnd(tie, standing);
      // Where both moved, one look is enough.
      if (other.movedIn !== world.tick || standing.id < other.id) weigh(world, index, tie, dirty);
    }
  endDwells(world, index, dirty);
  // Only when all that ends has ended: places that came free are given out in the same tick.
  meetNeighbours(world, index, moved);
}

/** Those who stand elsewhere than before, or whose room or willingness changed. Who left is forgotten. */
function findMoved(world: GroupWorld, index: GroupIndex, dirty: Dirty): Standing[] {
  const moved: Standing[] = [];
  for (const person of world.people.values()) {
    let standing = index.standings.get(person.id);
    if (standing && standing.session !== person.session) {
      forget(world, index, standing, dirty);
      standing = undefined;
    }
    standing ??= addStanding(index, person.id, person.session);
    const { x, z } = person.mover.shown;
    const area = areaOf(person);
    if (standing.x === x && standing.z === z && standing.area === area) continue;
    standing.area = area;
    standing.x = x;
    standing.z = z;
    standing.movedIn = world.tick;
    index.grid.put(standing.row, x, z);
    moved.push(standing);
  }
  if (index.standings.size > world.people.size)
    for (const standing of index.standings.values())
      if (!world.people.has(standing.id)) forget(world, index, standing, dirty);
  return moved;
}

const areaOf = (person: Stander) => (person.here && !person.busy ? person.zones.room : ALONE);

function forget(world: GroupWorld, index: GroupIndex, standing: Standing, dirty: Dirty): void {
  for (const tie of [...standing.ties]) cut(world, tie, dirty);
  removeStanding(index, standing);
  world.grouping.circles.get(standing.circle)?.members.delete(standing.id);
  if (standing.circle !== 0) dirty.circles.add(standing.circle);
  world.grouping.knocks.delete(standing.id);
  world.grouping.letIn.delete(standing.id);
}

/** Looks at a pair of which one moved. */
function weigh(world: GroupWorld, index: GroupIndex, tie: Tie, dirty: Dirty): void {
  const { one, two, link } = tie;
  if (one.area !== two.area || one.area === ALONE) {
    cut(world, tie, dirty);
    return;
  }
  const squared = distanceSquared(one, two);
  if (!link.linked) {
    if (squared > JOIN_SQUARED) cut(world, tie, dirty);
  } else if (squared <= LEAVE_SQUARED) link.apartSince = -1;
  else if (link.apartSince < 0) {
    link.apartSince = world.tick;
    startDwell(index, tie);
  }
}

function endDwells(world: GroupWorld, index: GroupIndex, dirty: Dirty): void {
  const near = world.tick - JOIN_DWELL_TICKS;
  const far = world.tick - LEAVE_DWELL_TICKS;
  const running: Tie[] = [];
  for (const tie of index.running) {
    const { link } = tie;
    if (tie.over) continue;
    if (!link.linked && link.since <= near) {
      link.linked = true;
      if (tie.one.circle === 0 || tie.one.circle !== tie.two.circle) dirty.ties.push(tie);
    } else if (link.linked && link.apartSince >= 0 && link.apartSince <= far) cut(world, tie, dirty);
    else if (!link.linked || link.apartSince >= 0) {
      running.push(tie);
      continue;
    }
    tie.runs = false;
  }
  index.running = running;
}

/** Ends a link, or what was on the way there. */
export function cut(world: GroupWorld, tie: Tie, dirty: Dirty): void {
  const { one, two, link } = tie;
  removeTie(tie);
  world.grouping.links.delete(pairKey(link.a, link.b));
  if (link.linked && one.circle !== 0 && one.circle === two.circle) dirty.circles.add(one.circle);
}
