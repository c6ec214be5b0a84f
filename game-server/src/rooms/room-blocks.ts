import type { WorldEngine } from '../engine/world-engine.ts';
import type { BlockList } from './block-list.ts';
import type { Seat, Seats } from './seats.ts';

/** All that somebody is known by: whoever is blocked can't shake it off by signing in or out. */
const keysOf = ({ guestHash, signedIn }: Seat): string[] =>
  signedIn ? [signedIn.identityId, guestHash] : [guestHash];

/** Blocks of a room, which outlast a visit. */
export class RoomBlocks {
  private readonly list: BlockList;
  private readonly seats: Seats;
  private readonly engine: Pick<WorldEngine, 'enqueue'>;

  constructor(list: BlockList, seats: Seats, engine: Pick<WorldEngine, 'enqueue'>) {
    this.list = list;
    this.seats = seats;
    this.engine = engine;
  }

  /** Somebody blocks another, or no longer does. */
  set(seat: Seat, other: Seat, on: boolean): void {
    for (const [mine, theirs] of pairsOf(seat, other)) this.list.set(mine, theirs, on);
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
