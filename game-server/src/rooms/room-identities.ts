import { type About, clientMessages, type Friend, ProblemError } from '@chatmux/schema';
import type { AccountEvents, SignedOut } from '../auth/account-events.ts';
import type { Visitor } from '../auth/accounts.ts';
import type { WorldEngine } from '../engine/world-engine.ts';
import type { Whereabouts } from '../friends/whereabouts.ts';
import type { RoomBlocks } from './room-blocks.ts';
import type { Seat, Seats } from './seats.ts';

/** Who knows identities, as a room needs them. */
export interface Identities {
  readonly events: AccountEvents;
  redeem(ticket: string): Promise<Visitor | undefined>;
  readonly sessions: { ownerOf(idHash: string): Promise<Visitor['identity'] | undefined> };
}

interface Parts {
  readonly seats: Seats;
  readonly engine: Pick<WorldEngine, 'enqueue'>;
  /** Brought where it is known anew who sits there. */
  readonly blocks: Pick<RoomBlocks, 'bringAll'>;
  /** Looks up what they are here, and what holds against them. */
  settle(seat: Seat): Promise<void>;
  /** Where friends see whoever is here. */
  readonly whereabouts: Pick<Whereabouts, 'entered' | 'left'>;
  readonly roomId: string;
  failed(error: unknown): void;
  readonly place: NonNullable<Friend['place']>;
}

/**
 * Who people in a room are beyond their visit: guests become somebody and guests again where they stand. Each seat goes by
 * the session it was shown; where that ends, wherever that was done, the seat is a guest's.
 */
export class RoomIdentities {
  private readonly identities: Identities;
  private readonly parts: Parts;

  constructor(identities: Identities, parts: Parts) {
    this.identities = identities;
    this.parts = parts;
    identities.events.on('signed-out', this.signedOut);
    identities.events.on('look', this.looks);
    identities.events.on('about', this.says);
  }

  close(): void {
    this.identities.events.off('signed-out', this.signedOut);
    this.identities.events.off('look', this.looks);
    this.identities.events.off('about', this.says);
    for (const seat of this.parts.seats.all()) this.leave(seat);
  }

  /**
   * What a client says of who it is.
   * @throws ZodError on another shape, ProblemError `stale` for a ticket that is of no use
   */
  async identify(seat: Seat, data: unknown): Promise<void> {
    const { ticket } = clientMessages.identify.parse(data);
    seat.asked += 1;
    const { asked, client } = seat;
    // The last word counts, said over the line that is there now.
    const isOver = () => seat.asked !== asked || seat.client !== client || !this.isSeated(seat);
    if (ticket === null) {
      const was = seat.signedIn;
      this.becomeGuest(seat);
      if (was) await this.parts.settle(seat);
      return;
    }
    const visitor = await this.identities.redeem(ticket);
    if (isOver()) return;
    if (!visitor)
      throw new ProblemError('stale', 'This ticket was used, or is over. Please ask for another.');
    const { identity, idHash } = visitor;
    const { id: identityId, name, colour } = identity;
    this.leave(seat);
    seat.signedIn = { identityId, idHash };
    this.parts.whereabouts.entered(identityId, this.nameOf(seat), this.parts.place, identity.shows);
    this.parts.engine.enqueue({ type: 'identify', id: seat.id, identity: identityId, as: { name, colour } });
    const { pronouns, about } = identity;
    this.parts.engine.enqueue({ type: 'about', id: seat.id, pronouns, about });
    await this.parts.blocks.bringAll(seat);
    // They may have signed out while it was looked up: that was told before there was a seat of theirs.
    if (!(await this.identities.sessions.ownerOf(idHash))) {
      if (seat.signedIn?.idHash !== idHash || !this.isSeated(seat)) return;
      this.becomeGuest(seat);
    }
    await this.parts.settle(seat);
  }

  /** Another page has taken the seat over: it says itself who it is. */
  forget(seat: Seat): void {
    seat.asked += 1;
    this.becomeGuest(seat);
  }

  private becomeGuest(seat: Seat): void {
    if (!seat.signedIn) return;
    this.leave(seat);
    seat.signedIn = undefined;
    this.parts.engine.enqueue({ type: 'identify', id: seat.id, identity: '' });
  }

  /** The person goes: friends don't see them here any more. */
  leave(seat: Seat): void {
    if (seat.signedIn) this.parts.whereabouts.left(seat.signedIn.identityId, this.nameOf(seat));
  }

  private nameOf({ session }: Seat): string {
    return `${this.parts.roomId} ${session}`;
  }

  private isSeated(seat: Seat): boolean {
    return this.parts.seats.ofPerson(seat.id) === seat;
  }

  private readonly signedOut = ({ identityId, isOver }: SignedOut): void => {
    for (const seat of this.parts.seats.ofIdentity(identityId)) {
      if (!seat.signedIn || !isOver(seat.signedIn.idHash)) continue;
      this.becomeGuest(seat);
      this.parts.settle(seat).catch((error: unknown) => this.parts.failed(error));
    }
  };

  private readonly says = (identityId: string, { pronouns, about }: About): void => {
    for (const seat of this.parts.seats.ofIdentity(identityId))
      this.parts.engine.enqueue({ type: 'about', id: seat.id, pronouns, about });
  };

  private readonly looks = (identityId: string, { name, colour }: { name: string; colour: number }): void => {
    for (const seat of this.parts.seats.ofIdentity(identityId))
      this.parts.engine.enqueue({
        type: 'identify',
        id: seat.id,
        identity: identityId,
        as: { name, colour },
      });
  };
}
