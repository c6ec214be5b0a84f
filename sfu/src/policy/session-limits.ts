import type { MediaSource } from '@chatmux/schema';

/** So many at once, and one more for each of these spans. */
const BURST = 5;
const EVERY_MS = 1000;

/** What costs others something each time: joining, making a transport, beginning to send a source or another codec. */
export type Costly = 'join' | 'send transport' | 'receive transport' | 'preference' | MediaSource;

/** How often one person may do each of what is costly. Time comes in as an argument, in milliseconds. */
export class SessionLimits {
  /** When all of the burst is there again. */
  readonly #fullAtMs = new Map<Costly, number>();

  /** Takes one; false when it is too soon. */
  take(what: Costly, nowMs: number): boolean {
    const fullAtMs = Math.max(this.#fullAtMs.get(what) ?? nowMs, nowMs) + EVERY_MS;
    if (fullAtMs - nowMs > BURST * EVERY_MS) return false;
    this.#fullAtMs.set(what, fullAtMs);
    return true;
  }
}
