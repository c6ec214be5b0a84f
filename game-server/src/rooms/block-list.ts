/** People one guest may block; the oldest goes when there are more. */
const MOST_BLOCKED = 500;
/** Guests whose blocks are kept; those asked for longest ago go. */
const MOST_GUESTS = 20_000;

/**
 * Who blocks whom, by the hashes of their keys: it outlasts a visit, so that a blocked person can't shake it off by coming
 * again. Kept in memory; it is for all rooms of a process.
 */
export class BlockList {
  private readonly byGuest = new Map<string, Set<string>>();

  set(guest: string, other: string, on: boolean): void {
    const blocked = this.byGuest.get(guest) ?? new Set();
    blocked.delete(other);
    if (on) blocked.add(other);
    for (const oldest of blocked) {
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

  has(guest: string, other: string): boolean {
    return this.byGuest.get(guest)?.has(other) ?? false;
  }
}
