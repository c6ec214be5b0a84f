import type { PersonId } from '@chatmux/schema';
import type { Client } from '@colyseus/core';
import { ClientLimits } from '../engine/client-limits.ts';

/** What the join brought: checked options of a guest. */
export interface GuestTicket {
  name: string;
  colour: number;
  /** SHA-256 of the secret the browser keeps. */
  guestHash: string;
}

/** One person's place in the room, held by a connection, or kept for it while it is lost. */
export interface Seat {
  readonly id: PersonId;
  readonly session: string;
  readonly guestHash: string;
  limits: ClientLimits;
  /** The connection; undefined while the seat is kept. */
  client: Client | undefined;
  /** Gives up waiting for the lost connection. */
  stopWaiting: (() => void) | undefined;
}

/** Who sits where: by person and by connection. */
export class Seats {
  private readonly byPerson = new Map<PersonId, Seat>();
  private readonly byConnection = new Map<string, Seat>();

  get count(): number {
    return this.byPerson.size;
  }

  add(seat: Seat, client: Client): void {
    this.byPerson.set(seat.id, seat);
    this.byConnection.set(client.sessionId, seat);
  }

  /** The seat a connection holds; undefined after it was given to another connection or left. */
  of(client: Client): Seat | undefined {
    return this.byConnection.get(client.sessionId);
  }

  ofPerson(id: PersonId): Seat | undefined {
    return this.byPerson.get(id);
  }

  /** A kept seat of the same browser: a page that was loaded anew takes it over instead of becoming a double. */
  keptFor(guestHash: string): Seat | undefined {
    for (const seat of this.byPerson.values()) if (seat.guestHash === guestHash && !seat.client) return seat;
    return undefined;
  }

  /** Gives a kept seat to another connection. */
  handOver(seat: Seat, client: Client, nowMs: number): void {
    for (const [connection, held] of this.byConnection)
      if (held === seat) this.byConnection.delete(connection);
    this.byConnection.set(client.sessionId, seat);
    seat.client = client;
    seat.limits = new ClientLimits(nowMs);
    const stopWaiting = seat.stopWaiting;
    seat.stopWaiting = undefined;
    stopWaiting?.();
  }

  remove(seat: Seat): void {
    this.byPerson.delete(seat.id);
    for (const [connection, held] of this.byConnection)
      if (held === seat) this.byConnection.delete(connection);
  }
}
