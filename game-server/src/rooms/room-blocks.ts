import { ProblemError } from '@chatmux/schema';
import type { WorldEngine } from '../engine/world-engine.ts';
import type { Block, Friends } from '../friends/friends.ts';
import type { BlockList } from './block-list.ts';
import type { Seat, Seats } from './seats.ts';

/** All that somebody is known by: whoever is blocked can't shake it off by signing in or out. */
const keysOf = ({ guestHash, signedIn }: Seat): string[] =>
  signedIn ? [signedIn.identityId, guestHash] : [guestHash];

/** What a room needs of friends, to keep blocks. */
export type LastingBlocks = Pick<Friends, 'events' | 'blocksAround' | 'block' | 'unblock'>;

/**
 * Blocks of a room, which outlast a visit: those between identities in the database, others as long as the process. They
 * hold wherever they were made.
 */
export class RoomBlocks {
  private readonly list: BlockList;
  private readonly seats: Seats;
  private readonly engine: Pick<WorldEngine, 'enqueue'>;
  private readonly lasting: LastingBlocks;

  constructor(list: BlockList, lasting: LastingBlocks, seats: Seats, engine: Pick<WorldEngine, 'enqueue'>) {
    this.list = list;
    this.lasting = lasting;
    this.seats = seats;
    this.engine = engine;
    lasting.events.on('block', this.made);
  }

  close(): void {
    this.lasting.events.off('block', this.made);
  }

  /** Somebody blocks another, or no longer does. @throws Error where it could not be kept */
  async set(seat: Seat, other: Seat, on: boolean): Promise<void> {
    for (const [mine, theirs] of pairsOf(seat, other)) this.list.set(mine, theirs, on);
    const [by, of] = [seat.signedIn?.identityId, other.signedIn?.identityId];
    if (by === undefined || of === undefined || by === of) return;
    try {
      await (on ? this.lasting.block(by, of) : this.lasting.unblock(by, of));
    } catch (error) {
      // One of the two is gone, or it was done elsewhere: nothing is left to keep.
      if (!(error instanceof ProblemError)) throw error;
    }
  }

  /** Blocks made elsewhere, between whoever sits here. */
  private readonly made = ({ by, of, on }: Block): void => {
    for (const mine of this.seats.ofIdentity(by))
      for (const theirs of this.seats.ofIdentity(of)) {
        this.engine.enqueue({ type: 'block', id: mine.id, other: theirs.id, on });
        if (!on) for (const [one, two] of pairsOf(mine, theirs)) this.list.set(one, two, false);
      }
  };

  /** It is known now who sits there: all blocks hold again. */
  async bringAll(seat: Seat): Promise<void> {
    this.bring(seat);
    const id = seat.signedIn?.identityId;
    if (id === undefined) return;
    for (const block of await this.lasting.blocksAround(id)) this.made({ ...block, on: true });
  }

  /** Blocks of earlier visits hold again, in both directions. */
  bring(seat: Seat): void {
    for (const other of this.seats.all()) {
      if (other === seat) continue;
      for (const [one, two] of [
        [seat, other],
        [other, seat],
      ] as const)
        if (pairsOf(one, two).some(([mine, theirs]) => this.list.has(mine, theirs)))
          this.engine.enqueue({ type: 'block', id: one.id, other: two.id, on: true });
    }
  }
}

function pairsOf(one: Seat, two: Seat): [string, string][] {
  return keysOf(one).flatMap((mine) => keysOf(two).map((theirs): [string, string] => [mine, theirs]));
}
