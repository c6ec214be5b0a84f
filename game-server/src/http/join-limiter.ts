import { TokenBucket } from '../engine/token-bucket.ts';

/** How many joins one address may make. */
export interface JoinLimit {
  /** Joins at once, 1 or more. */
  readonly burst: number;
  /** Joins a second in the long run, above 0. */
  readonly perSecond: number;
}

/** An office or a school behind one address arrives at once; after that people trickle in. */
export const DEFAULT_JOIN_LIMIT: JoinLimit = { burst: 60, perSecond: 2 };

/** Addresses remembered at most; an attacker with more than these gets a fresh bucket, but never our memory. */
const MAX_ADDRESSES = 20_000;

/** A token bucket for each address. Time comes in as an argument, in milliseconds, and never goes back. */
export class JoinLimiter {
  private readonly limit: JoinLimit;
  private readonly refillMs: number;
  /** Longest unused first: each use moves an address to the end. */
  private readonly buckets = new Map<string, { readonly bucket: TokenBucket; readonly usedMs: number }>();

  constructor(limit: JoinLimit) {
    this.limit = limit;
    this.refillMs = (limit.burst / limit.perSecond) * 1000;
  }

  /** Addresses remembered now. */
  get size(): number {
    return this.buckets.size;
  }

  /** Takes one join for an address; false when it has none left. */
  take(address: string, nowMs: number): boolean {
    this.forget(nowMs);
    const bucket = this.buckets.get(address)?.bucket ?? new TokenBucket(this.limit, nowMs);
    this.buckets.delete(address);
    this.buckets.set(address, { bucket, usedMs: nowMs });
    return bucket.take(nowMs);
  }

  /** An address unused for as long as a bucket takes to fill is as good as new: drop it. */
  private forget(nowMs: number): void {
    for (const [address, { usedMs }] of this.buckets) {
      if (nowMs - usedMs < this.refillMs && this.buckets.size < MAX_ADDRESSES) return;
      this.buckets.delete(address);
    }
  }
}
