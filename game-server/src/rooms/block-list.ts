/** People one guest may block; the oldest goes when there are more. */
const MOST_BLOCKED = 500;
/** Guests whose blocks are kept; those asked for longest ago go. */
const MOST_GUESTS = 20_000;
/** Pairs of one cause: devices of the one times devices of the other. */
const MOST_PAIRS = 200;

/**
 * Who blocks whom, by the hashes of their keys: it outlasts a visit, so that a blocked person can't shake it off by coming
 * again. Kept in memory; it is for all rooms of a process.
 */
export class BlockList {
  private readonly byGuest = new Map<string, Map<string, string | undefined>>();
  /** Pairs by their cause. */
  private readonly byCause = new Map<string, [guest: string, other: string][]>();

  /** @param cause names a block that lasts elsewhere, of which this is what it means here: see `forgive` */
  set(guest: string, other: string, on: boolean, cause?: string): void {
    const blocked = this.byGuest.get(guest) ?? new Map<string, string | undefined>();
    const isNew = blocked.get(other) !== cause || !blocked.has(other);
    blocked.delete(other);
    if (on && (!isNew || cause === undefined || this.remember(cause, guest, other)))
      blocked.set(other, cause);
    for (const oldest of blocked.keys()) {
      if (blocked.size <= MOST_BLOCKED) break;
      blocked.delete(oldest);
    }
    // Again at the end: it was used just now.
    this.byGuest.delete(guest);
    if (blocked.size > 0) this.byGuest.set(guest, blocked);
    for (const oldest of this.byGuest.keys()) {
      if (this.byGuest.size <= MOST_GUESTS) break;
      this.byGuest.delete(oldest);
    }
  }

  /** What caused these is over: none of them holds any more, on whatever device it was made or met. */
  forgive(cause: string): void {
    const pairs = this.byCause.get(cause) ?? [];
    this.byCause.delete(cause);
    for (const [guest, other] of pairs)
      if (this.byGuest.get(guest)?.get(other) === cause) this.set(guest, other, false);
  }

  /** False where there are too many of that cause. */
  private remember(cause: string, guest: string, other: string): boolean {
    const pairs = this.byCause.get(cause) ?? [];
    if (pairs.length >= MOST_PAIRS) return false;
    pairs.push([guest, other]);
    this.byCause.delete(cause);
    this.byCause.set(cause, pairs);
    for (const oldest of this.byCause.keys()) {
      if (this.byCause.size <= MOST_GUESTS) break;
      // What can't be forgiven later must not stay.
      this.forgive(oldest);
    }
    return true;
  }

  has(guest: string, other: string): boolean {
    return this.byGuest.get(guest)?.has(other) ?? false;
  }
}
