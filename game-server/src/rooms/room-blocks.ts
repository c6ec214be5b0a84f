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
    const [by, of] = [seat.signedIn?.identityId, other.signedIn?.identityId];
    const lasts = by !== undefined && of !== undefined && by !== of;
    const cause = lasts ? blockName(by, of) : undefined;
    for (const [mine, theirs] of pairsOf(seat, other)) this.list.set(mine, theirs, on, cause);
    if (!lasts) return;
    if (!on) this.list.forgive(blockName(by, of));
    try {
      await (on ? this.lasting.block(by, of) : this.lasting.unblock(by, of));
    } catch (error) {
      // One of the two is gone, or it was done elsewhere: nothing is left to keep.
      if (!(error instanceof ProblemError)) throw error;
    }
  }

  /** Blocks made elsewhere, between whoever sits here. */
  private readonly made = (block: Block): void => {
    this.hold(block, this.seats.ofIdentity(block.by), this.seats.ofIdentity(block.of));
  };

  private hold({ by, of, on }: Block, ones: readonly Seat[], others: readonly Seat[]): void {
    for (const mine of ones)
      for (const theirs of others) {
        this.engine.enqueue({ type: 'block', id: mine.id, other: theirs.id, on });
        // By their browsers as well: whoever signs out is still met by it.
        for (const [one, two] of pairsOf(mine, theirs)) this.list.set(one, two, on, blockName(by, of));
      }
  }

  /** It is known now who sits there: all blocks hold again. */
  async bringAll(seat: Seat): Promise<void> {
    this.bring(seat);
    const id = seat.signedIn?.identityId;
    if (id === undefined) return;
    const blocks = await this.lasting.blocksAround(id);
    // Once: there may be a thousand of either.
    const here = Map.groupBy(this.seats.all(), ({ signedIn }) => signedIn?.identityId);
    for (const { by, of } of blocks) this.hold({ by, of, on: true }, here.get(by) ?? [], here.get(of) ?? []);
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

/** Names a block between identities, as long as it lasts: when it ends, so does all that was kept because of it. */
export const blockName = (by: string, of: string): string => `${by} ${of}`;

function pairsOf(one: Seat, two: Seat): [string, string][] {
  return keysOf(one).flatMap((mine) => keysOf(two).map((theirs): [string, string] => [mine, theirs]));
}
