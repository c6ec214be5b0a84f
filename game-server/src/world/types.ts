import type { CollisionMap } from '@chatmux/engine';
import type {
  InputMessage,
  PersonId,
  PlanEntry,
  Problem,
  SelfMessage,
  Want,
  WorldMap,
} from '@chatmux/schema';
import type { Mover } from './mover.ts';

/** What a listener receives of one person, before it is told as a plan. */
export interface Hearing {
  audio: boolean;
  video: PlanEntry['video'];
}

export interface PersonState {
  readonly id: PersonId;
  /** Names this visit at the media server; never used again for another. */
  readonly session: string;
  name: string;
  colour: number;
  mic: boolean;
  cam: boolean;
  here: boolean;
  mover: Mover;
  /** Interest cell they stand in. */
  cell: number;
  /** Moved when the last frame was made: one more pose says that they stopped. */
  wasMoving: boolean;
  /** Cells whose poses they receive. */
  watching: Set<number>;
  /** People they receive media of, prepared or playing. */
  hearing: Map<PersonId, Hearing>;
  /** The last plan told to them, to tell only changes. */
  toldPlan: string;
}

/** The whole authoritative state of one room. Plain data; systems change it, in the order schedule.ts gives. */
export interface World {
  tick: number;
  readonly map: WorldMap;
  readonly collision: CollisionMap;
  readonly people: Map<PersonId, PersonState>;
  /** People by interest cell, as of this tick. */
  cells: Map<number, PersonState[]>;
  /** Who left which cell since the last frame. */
  gone: Map<number, PersonId[]>;
  /** Cell a person's pose was last told in, and the pose. */
  told: Map<PersonId, { cell: number; x: number; z: number; yaw: number }>;
}

export interface Place {
  x: number;
  z: number;
  yaw: number;
}

/** What may happen to a world from outside, in the order it arrived. */
export type Command =
  | { type: 'join'; id: PersonId; session: string; name: string; colour: number; at: Place }
  | { type: 'leave'; id: PersonId }
  | { type: 'drop'; id: PersonId }
  /** `as`: another join took the seat over, and may bring another look. */
  | { type: 'return'; id: PersonId; as?: { name: string; colour: number } }
  | { type: 'input'; id: PersonId; input: InputMessage }
  | { type: 'devices'; id: PersonId; mic: boolean; cam: boolean };

/** What a tick wants done outside. */
export type Effect =
  | { type: 'self'; to: PersonId; message: SelfMessage }
  | { type: 'problem'; to: PersonId; problem: Problem }
  | { type: 'poses'; to: PersonId; frame: Uint8Array }
  | { type: 'plan'; to: PersonId; entries: PlanEntry[] }
  | { type: 'wants'; listeners: { session: string; wants: Want[] }[] };
