/** Limits how often something may happen: `burst` at once, `perSecond` in the long run. Time comes in as an argument. */
export class TokenBucket {
  private tokens: number;
  private lastMs: number;
  private readonly burst: number;
  private readonly perSecond: number;

  constructor(options: { burst: number; perSecond: number }, nowMs: number) {
    this.burst = options.burst;
    this.perSecond = options.perSecond;
    this.tokens = options.burst;
    this.lastMs = nowMs;
  }

  /** Takes one, or as many as it says; false, and nothing is taken, when there are fewer. */
  take(nowMs: number, amount = 1): boolean {
    this.tokens = Math.min(
      this.burst,
      this.tokens + (Math.max(0, nowMs - this.lastMs) / 1000) * this.perSecond,
    );
    this.lastMs = nowMs;
    if (this.tokens < amount) return false;
    this.tokens -= amount;
    return true;
  }
}
