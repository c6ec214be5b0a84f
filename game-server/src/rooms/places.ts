/** What a room says to somebody who wants in. `too-many`: others of their address must arrive first. */
export type PlaceAnswer = 'promised' | 'full' | 'too-many';

/**
 * Places promised in one room at once to people of one address who have not come yet. A promise costs its asker one small
 * request and holds a place until it runs out, so an address must not hold many. A school behind one address gets them
 * one after the other: a join takes a fraction of a second, and whoever sits frees the promise for the next.
 */
export const MAX_PROMISES_OF_ADDRESS = 8;

/** Who asks for a place. */
export interface PlaceAsker {
  /** Session id of the connection that will come. */
  readonly sessionId: string;
  readonly guestHash: string;
  /** What counts as one client for limits. */
  readonly address: string;
}

/** Seats as they are now. */
interface SeatsNow {
  /** Seats that are taken or kept. */
  readonly count: number;
  /** True when a seat is kept for this guest: their join takes it over instead of needing another. */
  keeps(guestHash: string): boolean;
}

/**
 * Counts the places of one room: seats that are taken or kept, and those promised to people who are on their way in.
 * Colyseus counts connections, which is something else: a kept seat may have none, and whoever returns to theirs needs
 * no new place.
 */
export class Places {
  private readonly capacity: number;
  private readonly promiseMs: number;
  /** By session id of the connection that will come. */
  private readonly promises = new Map<string, PlaceAsker & { readonly endMs: number }>();

  /** @param promiseMs how long a promise holds for somebody who doesn't arrive */
  constructor(capacity: number, promiseMs: number) {
    this.capacity = capacity;
    this.promiseMs = promiseMs;
  }

  /**
   * Promises a place to a guest, if there is one or if their own is kept; who returns to a kept seat waits for nobody.
   * @param nowMs never goes back far
   */
  promise(asker: PlaceAsker, seats: SeatsNow, nowMs: number): PlaceAnswer {
    const { sessionId, guestHash, address } = asker;
    for (const [id, { endMs }] of this.promises) if (endMs <= nowMs) this.promises.delete(id);
    const returning = new Set<string>();
    let taken = seats.count;
    let ofAddress = 0;
    for (const promise of this.promises.values()) {
      if (promise.address === address) ofAddress += 1;
      // The first one of a guest whose seat is kept takes that; a second would become a person more.
      if (seats.keeps(promise.guestHash) && !returning.has(promise.guestHash))
        returning.add(promise.guestHash);
      else taken += 1;
    }
    const returns = seats.keeps(guestHash) && !returning.has(guestHash);
    // Before “full”: an address that holds places must not open further copies by that.
    if (!returns && ofAddress >= MAX_PROMISES_OF_ADDRESS) return 'too-many';
    if (!returns && taken >= this.capacity) return 'full';
    this.promises.set(sessionId, { ...asker, endMs: nowMs + this.promiseMs });
    return 'promised';
  }

  /** They have come and sit: from now on their seat counts. */
  arrived(sessionId: string): void {
    this.promises.delete(sessionId);
  }
}
