import { TokenBucket } from './token-bucket.ts';

/** How often one may ask. */
export interface RateLimit {
  /** Times at once, 1 or more. */
  readonly burst: number;
  /** Times a second in the long run, above 0. */
  readonly perSecond: number;
}

/** Joins of one address. An office or a school behind one address arrives at once; after that people trickle in. */
export const DEFAULT_JOIN_LIMIT: RateLimit = { burst: 60, perSecond: 2 };

/** Keys remembered at most; an attacker with more than these gets a fresh bucket, but never our memory. */
const MAX_KEYS = 20_000;

/** A token bucket for each key: an address, or somebody. Time comes in as an argument, in milliseconds, and never goes back. */
export class RateLimiter {
  private readonly limit: RateLimit;
  private readonly refillMs: number;
  /** Longest unused first: each use moves a key to the end. */
  private readonly buckets = new Map<string, { readonly bucket: TokenBucket; readonly usedMs: number }>();

  constructor(limit: RateLimit) {
    this.limit = limit;
    this.refillMs = (limit.burst / limit.perSecond) * 1000;
  }

  /** Keys remembered now. */
  get size(): number {
    return this.buckets.size;
  }

  /** Takes one time for a key; false when it has none left. */
  take(key: string, nowMs: number): boolean {
    this.forget(nowMs);
    const bucket = this.buckets.get(key)?.bucket ?? new TokenBucket(this.limit, nowMs);
    this.buckets.delete(key);
    this.buckets.set(key, { bucket, usedMs: nowMs });
    return bucket.take(nowMs);
  }

  /** A key unused for as long as a bucket takes to fill is as good as new: drop it. */
  private forget(nowMs: number): void {
    for (const [key, { usedMs }] of this.buckets) {
      if (nowMs - usedMs < this.refillMs && this.buckets.size < MAX_KEYS) return;
      this.buckets.delete(key);
    }
  }
}
