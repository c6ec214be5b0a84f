import type { PersonId } from '@chatmux/schema';
import type { Grouping, Link } from '../world/grouping.ts';
import type { PersonState } from '../world/types.ts';
import { CROWDED_TIES } from './circle-rules.ts';
import { GroupGrid } from './group-grid.ts';

/** What circles need to know of a person. */
export interface Stander extends Pick<PersonState, 'id' | 'session' | 'here' | 'busy'> {
  readonly mover: { readonly shown: { readonly x: number; readonly z: number } };
  readonly zones: { readonly room: number };
  readonly blocks?: ReadonlySet<PersonId>;
  circle: number;
}

/** What circles need to know of a world. */
export interface GroupWorld {
  readonly tick: number;
  readonly people: ReadonlyMap<PersonId, Stander>;
  readonly grouping: Grouping;
  readonly changed: Set<PersonId>;
}

/** Where somebody stood when last looked at, and whom they are near. */
export interface Standing {
  readonly id: PersonId;
  /** Tells a visit from a later one under the same id. */
  readonly session: string;
  x: number;
  z: number;
  /** Index of the room they are in, −1 outside of any, ALONE while they link with nobody. */
  area: number;
  /** Their row in the grid. */
  row: number;
  /** Tick in which they last moved. */
  movedIn: number;
  circle: number;
  readonly ties: Tie[];
  /** Scratch of the search for neighbours. */
  mark: number;
  /** Tick in which they last searched for neighbours. */
  searchedIn: number;
  /** People in their circle, 1 for somebody alone; holds while `sizedIn` is the index’s look. */
  size: number;
  sizedIn: number;
  /** How many of their ties wait; holds while `countedIn` is the index’s look. */
  waits: number;
  countedIn: number;
}

/** A link, from both ends. */
export interface Tie {
  readonly link: Link;
  readonly one: Standing;
  readonly two: Standing;
  /** Stands in the list of those whose dwell runs. */
  runs: boolean;
  /** Was cut. */
  over: boolean;
}

/** Everything that follows from people and links, kept so that a tick looks only at those who moved. */
export interface GroupIndex {
  readonly standings: Map<PersonId, Standing>;
  readonly grid: GroupGrid<Standing>;
  /** Ties whose dwell runs, and some whose doesn't any more. */
  running: Tie[];
  mark: number;
  /** Scratch, too, and empty between searches: who was found near somebody. */
  readonly around: Standing[];
  /** Counts what may change the size of circles: sizes and counts of an earlier look are stale. */
  look: number;
  /** Everyone with many ties, and some who have fewer by now. */
  readonly crowded: Set<Standing>;
}

/** Area of those who link with nobody: they are away, or busy. */
export const ALONE = -2;

/** Derived, so it is no part of the state: a copy of a grouping makes an index of its own in its first tick. */
const indexes = new WeakMap<Grouping, GroupIndex>();

export function indexOf({ grouping, people }: GroupWorld): GroupIndex {
  let index = indexes.get(grouping);
  if (!index) {
    index = buildIndex(grouping, people);
    indexes.set(grouping, index);
  }
  return index;
}

/** Places are left open: the first look at anybody finds that they moved, and weighs all they are tied to. */
function buildIndex(grouping: Grouping, people: GroupWorld['people']): GroupIndex {
  const index: GroupIndex = {
    standings: new Map(),
    grid: new GroupGrid(),
    running: [],
    mark: 0,
    around: [],
    look: 0,
    crowded: new Set(),
  };
  const standing = (id: PersonId) =>
    index.standings.get(id) ?? addStanding(index, id, people.get(id)?.session ?? '');
  for (const circle of grouping.circles.values())
    for (const id of circle.members) standing(id).circle = circle.id;
  for (const link of grouping.links.values()) addTie(index, link, standing(link.a), standing(link.b));
  return index;
}

export function addStanding(index: GroupIndex, id: PersonId, session: string): Standing {
  const standing: Standing = {
    id,
    session,
    x: Number.NaN,
    z: Number.NaN,
    area: ALONE,
    row: -1,
    movedIn: -1,
    circle: 0,
    ties: [],
    mark: 0,
    searchedIn: -1,
    size: 1,
    sizedIn: -1,
    waits: 0,
    countedIn: -1,
  };
  standing.row = index.grid.add(standing);
  index.standings.set(id, standing);
  return standing;
}

export function removeStanding(index: GroupIndex, standing: Standing): void {
  index.grid.remove(standing.row);
  index.standings.delete(standing.id);
  index.crowded.delete(standing);
}

export function addTie(index: GroupIndex, link: Link, one: Standing, two: Standing): void {
  const tie: Tie = { link, one, two, runs: false, over: false };
  one.ties.push(tie);
  two.ties.push(tie);
  if (one.ties.length >= CROWDED_TIES) index.crowded.add(one);
  if (two.ties.length >= CROWDED_TIES) index.crowded.add(two);
  if (!link.linked || link.apartSince >= 0) startDwell(index, tie);
}

export function removeTie(tie: Tie): void {
  tie.over = true;
  takeOut(tie.one.ties, tie);
  takeOut(tie.two.ties, tie);
}

export function startDwell(index: GroupIndex, tie: Tie): void {
  if (tie.runs) return;
  tie.runs = true;
  index.running.push(tie);
}

export const otherEnd = (tie: Tie, standing: Standing): Standing =>
  tie.one === standing ? tie.two : tie.one;

export function distanceSquared(one: Standing, two: Standing): number {
  const x = one.x - two.x;
  const z = one.z - two.z;
  return x * x + z * z;
}

/** Of links, the oldest first; of two of an age, the one between lower ids. */
export function byAge(one: Tie, two: Tie): number {
  return one.link.since - two.link.since || one.link.a - two.link.a || one.link.b - two.link.b;
}

/** The order of these lists says nothing, so the last one takes the free place. */
function takeOut<T>(list: T[], item: T): void {
  const at = list.indexOf(item);
  const last = list.pop();
  if (last !== undefined && last !== item) list[at] = last;
}
