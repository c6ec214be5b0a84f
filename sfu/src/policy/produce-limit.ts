/** So many at once, and one more for each of these spans. */
const BURST = 5;
const EVERY_MS = 1000;

/** How often one person may begin to send one source anew. Time comes in as an argument, in milliseconds. */
export class ProduceLimit {
  /** When all of the burst is there again. */
  #fullAtMs = Number.NEGATIVE_INFINITY;

  /** Takes one; false when it is too soon. */
  take(nowMs: number): boolean {
    const fullAtMs = Math.max(this.#fullAtMs, nowMs) + EVERY_MS;
    if (fullAtMs - nowMs > BURST * EVERY_MS) return false;
    this.#fullAtMs = fullAtMs;
    return true;
  }
}
