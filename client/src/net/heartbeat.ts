import type { Milliseconds } from '@chatmux/schema';

/** How often the round trip is measured. */
export const PING_MS = 2000;
/** A connection that leaves a ping unanswered for this long is taken for dead. */
export const SILENT_MS = 7000;

/**
 * Says when a connection is dead: only unanswered pings count, never the silence before them. Browsers run timers of
 * hidden pages once a minute and stop them in sleep, and what came meanwhile may still wait behind a late timer: after a
 * late turn a ping gets one more chance. Time comes in as an argument.
 */
export class Heartbeat {
  private turnMs: Milliseconds;
  /** When the oldest unanswered ping left. */
  private askedMs: Milliseconds | undefined;
  private excused = false;

  constructor(nowMs: Milliseconds) {
    this.turnMs = nowMs;
  }

  /** Anything came from the other side. */
  heard(): void {
    this.askedMs = undefined;
    this.excused = false;
  }

  /** Each PING_MS, or whenever the browser lets the timer run. `ask`: send a ping now. */
  turn(nowMs: Milliseconds): 'ask' | 'dead' {
    const isLate = nowMs - this.turnMs > 2 * PING_MS;
    this.turnMs = nowMs;
    if (this.askedMs === undefined) {
      this.askedMs = nowMs;
      return 'ask';
    }
    if (nowMs - this.askedMs < SILENT_MS) return 'ask';
    if (!isLate || this.excused) return 'dead';
    this.excused = true;
    this.askedMs = nowMs;
    return 'ask';
  }
}
