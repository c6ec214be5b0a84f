import type { PersonId, SelfMessage } from '@chatmux/schema';

/** What one client was told of where others are, and what is owed to it. */
export interface Watcher {
  /** Interest cell around which it is told; −1: nothing was told yet, or all must be told anew. */
  anchor: number;
  /** Its line is full: it is told nothing until it is free again. */
  paused: boolean;
  /** An input was applied: where that put them. Goes with the next frame. */
  ack: SelfMessage | undefined;
  /** Where too many are in sight to tell of all alike; undefined where all fit. */
  crowd: Crowd | undefined;
}

/** Who gets how much of a client's attention, by slots of the pose table. */
export interface Crowd {
  classes: CrowdClass[];
  /** What the client knows, by slot: whom (0 for nobody) and, as a power of two, how often they were told of. */
  knownId: Uint16Array;
  knownLog: Uint8Array;
  /** Tick at which attention is given out anew. */
  nextRank: number;
}

/** People who are told of at the same pace. */
export interface CrowdClass {
  /** Power of two of the ticks between two tellings. */
  readonly log: number;
  /** Slots by turn: a slot's turn is its number modulo 2^log. */
  readonly turns: readonly (readonly number[])[];
}

export function createWatcher(): Watcher {
  return { anchor: -1, paused: false, ack: undefined, crowd: undefined };
}

/** Forgets what was told: the next frame tells everything. */
export function resetWatcher(watcher: Watcher): void {
  watcher.anchor = -1;
  watcher.crowd = undefined;
}

/** Somebody who left a cell for the next one. */
export interface Departure {
  readonly id: PersonId;
  readonly tick: number;
}

/** Somebody who left the world, or jumped further than to the next cell. */
export interface Vanished {
  readonly id: PersonId;
  readonly cell: number;
  readonly tick: number;
}
