/** The newest numbers of a series, as many as it was made for. */
export class Recent {
  private readonly ring: Float64Array;
  private next = 0;
  private held = 0;

  constructor(capacity: number) {
    this.ring = new Float64Array(capacity);
  }

  add(value: number): void {
    this.ring[this.next] = value;
    this.next = (this.next + 1) % this.ring.length;
    if (this.held < this.ring.length) this.held += 1;
  }

  /** The one added last; 0 before the first. */
  get newest(): number {
    return this.ring[(this.next + this.ring.length - 1) % this.ring.length] ?? 0;
  }

  /** Smallest first. */
  sorted(): Float64Array {
    return this.ring.slice(0, this.held).sort();
  }
}

/** Middle, 99th percentile and largest of numbers that are sorted; zeros where there are none. */
export interface Spread {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** @param sorted smallest first */
export function spreadOf(sorted: ArrayLike<number>): Spread {
  const at = (share: number) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}
