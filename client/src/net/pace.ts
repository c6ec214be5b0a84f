import type { Milliseconds } from '@chatmux/schema';

interface Waiting {
  run: () => void;
  dropped: () => void;
}

/** Beyond this, what asks for its turn is dropped: others can make us answer, but not fill our memory. */
const MOST_WAITING = 2000;

/**
 * Lets things happen one after the other: `burst` at once, `perSecond` in the long run. What others provoke from us must
 * never pass the limits for which the server refuses or closes.
 */
export class Pace {
  private readonly burst: number;
  private readonly perSecond: number;
  private tokens: number;
  private filledMs: Milliseconds = performance.now();
  private waiting: Waiting[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: { burst: number; perSecond: number }) {
    this.burst = options.burst;
    this.perSecond = options.perSecond;
    this.tokens = options.burst;
  }

  /** Runs it in its turn, at once where it may; `dropped` is told when it never will. */
  add(run: () => void, dropped: () => void): void {
    if (this.waiting.length >= MOST_WAITING) {
      dropped();
      return;
    }
    this.waiting.push({ run, dropped });
    this.go();
  }

  /** Drops all that waits. */
  clear(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    for (const { dropped } of this.waiting.splice(0)) dropped();
  }

  private go(): void {
    const nowMs = performance.now();
    this.tokens = Math.min(this.burst, this.tokens + ((nowMs - this.filledMs) / 1000) * this.perSecond);
    this.filledMs = nowMs;
    const ready = this.waiting.splice(0, Math.floor(this.tokens));
    this.tokens -= ready.length;
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.waiting.length > 0)
      this.timer = setTimeout(() => this.go(), Math.ceil(((1 - this.tokens) / this.perSecond) * 1000));
    for (const { run } of ready) run();
  }
}
