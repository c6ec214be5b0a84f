import type { PersonId } from '@chatmux/schema';
import type { Client } from '@colyseus/core';
import { ClientLimits } from '../engine/client-limits.ts';

/** What the join brought: checked options of a guest. */
export interface GuestTicket {
  name: string;
  colour: number;
  /** SHA-256 of the secret the browser keeps. */
  guestHash: string;
  /** Keyed hash of the address they came from. */
  addressHash: string;
}

/** One person's place in the room, held by a connection, or kept for it while it is lost. */
export interface Seat {
  readonly id: PersonId;
  readonly session: string;
  readonly guestHash: string;
  addressHash: string;
  /** When the mute that holds against them ends, in milliseconds; undefined where none does. */
  mutedUntil: number | undefined;
  /** Who sits there beyond this visit, and by which session; undefined for a guest. */
  signedIn: { readonly identityId: string; readonly idHash: string } | undefined;
  /** How often it was said who sits there: the last word counts. */
  asked: number;
  limits: ClientLimits;
  /** The connection; undefined while the seat is kept. */
  client: Client | undefined;
  /** It was kept before, and somebody came for it: it is kept again even if they had not quite arrived. */
  cameBack: boolean;
  /** Poses wait until the line is free again. */
  lineFull: boolean;
  /** When the same browser came to another room while it had this seat, in milliseconds. */
  movedOnMs: number;
  /** Gives up waiting for the lost connection. */
  stopWaiting: (() => void) | undefined;
}

/** Within this time a dead line is known for one: Colyseus pings every 3 s, and waits for two answers in vain. */
const DEAD_LINE_MS = 12_000;

/** Who sits where: by person and by connection. */
export class Seats {
  private readonly byPerson = new Map<PersonId, Seat>();
  private readonly byConnection = new Map<string, Seat>();
  /** One browser has as many seats here as tabs: few. */
  private readonly byGuest = new Map<string, Set<Seat>>();
  private readonly byTimer = new Set<Seat>();

  get count(): number {
    return this.byPerson.size;
  }

  /** Seats somebody new. */
  add(
    id: PersonId,
    session: string,
    from: Pick<GuestTicket, 'guestHash' | 'addressHash'>,
    client: Client,
    nowMs: number,
  ): Seat {
    const { guestHash, addressHash } = from;
    const limits = new ClientLimits(nowMs);
    const seat: Seat = {
      id,
      session,
      guestHash,
      addressHash,
      mutedUntil: undefined,
      signedIn: undefined,
      asked: 0,
      limits,
      client,
      cameBack: false,
      lineFull: false,
      movedOnMs: Number.NEGATIVE_INFINITY,
      stopWaiting: undefined,
    };
    this.byPerson.set(id, seat);
    this.byConnection.set(client.sessionId, seat);
    this.byGuest.set(guestHash, this.ofGuest(guestHash).add(seat));
    return seat;
  }

  all(): Iterable<Seat> {
    return this.byPerson.values();
  }

  /** The seat a connection holds; undefined after it was given to another connection or left. */
  of(client: Client): Seat | undefined {
    return this.byConnection.get(client.sessionId);
  }

  ofPerson(id: PersonId): Seat | undefined {
    return this.byPerson.get(id);
  }

  /** Who sits here under this session. */
  personOf(session: string): PersonId | undefined {
    const id = Number.parseInt(session, 10);
    return this.ofPerson(id)?.session === session ? id : undefined;
  }

  /** All seats of one browser. */
  ofGuest(guestHash: string): Set<Seat> {
    return this.byGuest.get(guestHash) ?? new Set();
  }

  /** All seats of one identity: few, among a thousand that are asked. */
  ofIdentity(identityId: string): Seat[] {
    return [...this.all()].filter(({ signedIn }) => signedIn?.identityId === identityId);
  }

  /** A kept seat of the same browser: a page that was loaded anew takes it over instead of becoming a double. */
  keptFor(guestHash: string): Seat | undefined {
    for (const seat of this.ofGuest(guestHash)) if (!seat.client) return seat;
    return undefined;
  }

  /** True when nobody will come for a seat whose line broke: its browser sits on another one here, or has just moved on. */
  isLeftBehind(seat: Seat, nowMs: number): boolean {
    if (nowMs - seat.movedOnMs < DEAD_LINE_MS) return true;
    for (const other of this.ofGuest(seat.guestHash)) if (other !== seat && other.client) return true;
    return false;
  }

  /** Keeps a seat by a timer of ours, for a new connection: the lost one can't come back to it. */
  keepForJoin(seat: Seat, ms: number, onEnd: () => void): void {
    this.detach(seat);
    const timer = setTimeout(onEnd, ms);
    this.byTimer.add(seat);
    seat.stopWaiting = () => {
      clearTimeout(timer);
      this.byTimer.delete(seat);
    };
  }

  /** Seats that are kept so now. */
  keptForJoin(): Seat[] {
    return [...this.byTimer];
  }

  /** Gives a kept seat to another connection. */
  handOver(seat: Seat, client: Client, nowMs: number): void {
    this.detach(seat);
    this.byConnection.set(client.sessionId, seat);
    seat.client = client;
    seat.cameBack = true;
    seat.limits = new ClientLimits(nowMs);
    const stopWaiting = seat.stopWaiting;
    seat.stopWaiting = undefined;
    stopWaiting?.();
  }

  remove(seat: Seat): void {
    this.byPerson.delete(seat.id);
    const ofGuest = this.ofGuest(seat.guestHash);
    ofGuest.delete(seat);
    if (ofGuest.size === 0) this.byGuest.delete(seat.guestHash);
    this.detach(seat);
  }

  private detach(seat: Seat): void {
    for (const [connection, held] of this.byConnection)
      if (held === seat) this.byConnection.delete(connection);
  }
}
