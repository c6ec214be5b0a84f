/** What a room says to somebody who wants in. */
export type PlaceAnswer = 'promised' | 'full';

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
  private readonly promises = new Map<string, { readonly guestHash: string; readonly endMs: number }>();

  /** @param promiseMs how long a promise holds for somebody who doesn't arrive */
  constructor(capacity: number, promiseMs: number) {
    this.capacity = capacity;
    this.promiseMs = promiseMs;
  }

  /** Promises a place to a guest, if there is one or if their own is kept. @param nowMs never goes back far */
  promise(sessionId: string, guestHash: string, seats: SeatsNow, nowMs: number): PlaceAnswer {
    for (const [id, { endMs }] of this.promises) if (endMs <= nowMs) this.promises.delete(id);
    const returning = new Set<string>();
    let taken = seats.count;
    for (const promise of this.promises.values()) {
      // The first one of a guest whose seat is kept takes that; a second would become a person more.
      if (seats.keeps(promise.guestHash) && !returning.has(promise.guestHash))
        returning.add(promise.guestHash);
      else taken += 1;
    }
    const returns = seats.keeps(guestHash) && !returning.has(guestHash);
    if (!returns && taken >= this.capacity) return 'full';
    this.promises.set(sessionId, { guestHash, endMs: nowMs + this.promiseMs });
    return 'promised';
  }

  /** They have come and sit: from now on their seat counts. */
  arrived(sessionId: string): void {
    this.promises.delete(sessionId);
  }
}
