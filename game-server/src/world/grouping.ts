import type { PersonId } from '@chatmux/schema';

/** People who stand together. `members` says the same as each person's `circle`, the other way round. */
export interface CircleState {
  readonly id: number;
  locked: boolean;
  /** Two or more, in ascending order. */
  members: Set<PersonId>;
}

/** Two people near each other, and since when. */
export interface Link {
  /** The lower id. */
  readonly a: PersonId;
  /** The higher id. */
  readonly b: PersonId;
  /** Tick in which they came within the join radius. */
  readonly since: number;
  /** They stayed long enough: the link counts. */
  linked: boolean;
  /** Tick in which a linked pair went beyond the leave radius; −1 while it is within. */
  apartSince: number;
}

/** Somebody asks a locked circle to be let in. One for each person: a new knock takes the place of the one before. */
export interface Knock {
  readonly circle: number;
  /** Tick of the knock. */
  readonly tick: number;
  /** Nobody has answered yet. An answered knock is kept a while, because knocks have a rate. */
  open: boolean;
}

/** A member let somebody in: until that tick (not counting it) their link with the circle counts. */
export interface Permission {
  readonly circle: number;
  readonly until: number;
}

/** State of circles between ticks. Plain data: a copy goes on exactly as the original would. */
export interface Grouping {
  readonly circles: Map<number, CircleState>;
  /** Pairs that are linked, or on the way there, by `pairKey`. */
  readonly links: Map<number, Link>;
  /** By who knocked. */
  readonly knocks: Map<PersonId, Knock>;
  /** By who may come in. */
  readonly letIn: Map<PersonId, Permission>;
  /** Circles to be looked at anew in the next tick because they were unlocked. */
  readonly touched: Set<number>;
  /** Circles that began, ended or changed their lock since the roster was last written. Whoever writes it empties this. */
  readonly changedCircles: Set<number>;
  /** Where the search for the next free circle id begins. */
  nextId: number;
}

export function createGrouping(): Grouping {
  return {
    circles: new Map(),
    links: new Map(),
    knocks: new Map(),
    letIn: new Map(),
    touched: new Set(),
    changedCircles: new Set(),
    nextId: 1,
  };
}

/** Names a pair of people, whichever is said first. */
export function pairKey(one: PersonId, two: PersonId): number {
  return one < two ? one * 65536 + two : two * 65536 + one;
}
