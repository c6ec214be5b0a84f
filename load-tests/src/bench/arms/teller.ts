import type { PersonId, WorldMap } from '@chatmux/schema';
import type { Client, Room } from '@colyseus/core';
import type { Mover } from '../../../../game-server/src/world/mover.ts';

/** Somebody in a bench room. */
export interface Walker {
  readonly id: PersonId;
  readonly mover: Mover;
}

/** How an arm tells clients where people are. Everything else is the same in all arms. */
export interface Teller {
  /** Somebody came. */
  joined(client: Client, walker: Walker): void;
  /** A tick has moved everyone. @returns messages sent */
  tell(): number;
  /** Bytes this tick owed, where they are counted. */
  owed?(): number;
}

export type MakeTeller = (room: Room, map: WorldMap) => Teller;

/** Nobody is told anything: what inputs and movement cost by themselves. */
export const tellNobody: MakeTeller = () => ({ joined: () => undefined, tell: () => 0 });
