import type { CollisionMap, ZoneMap, ZonesHere } from '@chatmux/engine';
import type {
  Carry,
  CircleMessage,
  InputMessage,
  KnockAnswerMessage,
  KnockMessage,
  KnockOverMessage,
  PersonId,
  PlanEntry,
  Problem,
  RoleNumber,
  ScreenPart,
  TravelMessage,
  Want,
  WorldMap,
} from '@chatmux/schema';
import type { Grouping } from './grouping.ts';
import type { Mover } from './mover.ts';
import type { PoseTable } from './pose-table.ts';
import type { Watcher } from './watcher.ts';

/** What a listener receives of one person, before it is told as a plan. */
export interface Hearing {
  audio: boolean;
  video: PlanEntry['video'];
  screen: ScreenPart;
  carry: Carry;
}

export interface PersonState {
  readonly id: PersonId;
  /** Names this visit at the media server; never used again for another. */
  readonly session: string;
  /** Row in the pose table; given again to another once this person has left. */
  readonly slot: number;
  name: string;
  colour: number;
  /** Who they are beyond this visit; empty for a guest. */
  identity: string;
  mic: boolean;
  cam: boolean;
  /** They share their screen. */
  screen: boolean;
  here: boolean;
  /** Hears nobody. */
  deaf: boolean;
  /** Hears nobody and is not heard. */
  busy: boolean;
  /** What they are in this world. */
  role: RoleNumber;
  /** What they say of themselves. */
  pronouns: string;
  about: string;
  /** A moderator has muted them: neither microphone nor screen is sent on. */
  muted: boolean;
  /** Their microphone picks up a voice now. */
  speaking: boolean;
  /** Tick in which they last spoke; −1 for never. */
  spokeTick: number;
  /** People whom they neither want to hear or see, nor to be heard or seen by. */
  blocks: Set<PersonId>;
  mover: Mover;
  /** Zones of the map they stand in. */
  zones: ZonesHere;
  /** Circle they stand in; 0 for none. */
  circle: number;
  /** What their client is told of where others are. */
  watcher: Watcher;
  /** People they receive media of, prepared or playing. */
  hearing: Map<PersonId, Hearing>;
  /** The other direction: who receives media of them. */
  heardBy: Map<PersonId, Hearing>;
  /** Whom they hear must be decided anew in this tick: something changed that can't wait for their turn. */
  planStale: boolean;
  /** What they should be told of their plan differs from what they were told. */
  planChanged: boolean;
  /** The media server should be told what they want. */
  wantsChanged: boolean;
  /** What closes them off: their room and their locked circle. Only who has the same is in earshot. */
  enclosure: string;
  /** They stand on a stage with a megaphone and are among the few whom the whole world hears by it. */
  megaphone: boolean;
}

/** The whole authoritative state of one room. Plain data; systems change it, in the order schedule.ts gives. */
export interface World {
  tick: number;
  readonly map: WorldMap;
  readonly collision: CollisionMap;
  readonly zones: ZoneMap;
  readonly people: Map<PersonId, PersonState>;
  /** The same people by slot of the pose table. */
  readonly bySlot: (PersonState | undefined)[];
  /** Where everyone is, as told: by slot, and by interest cell. */
  readonly poses: PoseTable;
  /** Who stands with whom. */
  readonly grouping: Grouping;
  /** People whose slow state changed since the roster was last written, departed ones included. */
  readonly changed: Set<PersonId>;
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
  /** `identity`: empty for a guest. `as`: they bring another look. */
  | { type: 'identify'; id: PersonId; identity: string; as?: { name: string; colour: number } }
  | { type: 'role'; id: PersonId; role: RoleNumber }
  | { type: 'mute'; id: PersonId; on: boolean }
  | { type: 'about'; id: PersonId; pronouns: string; about: string }
  | { type: 'input'; id: PersonId; input: InputMessage }
  | { type: 'devices'; id: PersonId; mic: boolean; cam: boolean; screen: boolean }
  | { type: 'status'; id: PersonId; deaf: boolean; busy: boolean }
  | { type: 'speaking'; id: PersonId; on: boolean }
  | { type: 'block'; id: PersonId; other: PersonId; on: boolean }
  | { type: 'circle'; id: PersonId; ask: CircleMessage }
  /** Their line is full: poses wait until it is free again, then everything is told anew. */
  | { type: 'line'; id: PersonId; full: boolean }
  /** Everyone must be told their plan again, whole: media takes another way. */
  | { type: 'replan' }
  /** The server stood still, and this many ticks were lost: whoever walked meanwhile must not pay for it. */
  | { type: 'hitch'; ticks: number };

/** What a tick wants done outside. */
export type Effect =
  | { type: 'problem'; to: PersonId; problem: Problem }
  /** POSE_HEADROOM bytes before the frame, in its own buffer, are free for a transport's header. */
  | { type: 'poses'; to: PersonId; frame: Uint8Array }
  | { type: 'plan'; to: PersonId; entries: PlanEntry[] }
  | { type: 'wants'; listeners: { session: string; wants: Want[] }[] }
  | { type: 'travel'; to: PersonId; message: TravelMessage }
  | { type: 'knock'; to: PersonId; message: KnockMessage }
  | { type: 'knock-answer'; to: PersonId; message: KnockAnswerMessage }
  | { type: 'knock-over'; to: PersonId; message: KnockOverMessage }
  | { type: 'blocked'; to: PersonId; ids: PersonId[] };
