import { type Milliseconds, TICK_HZ, ticksBetween } from '@chatmux/schema';

const TICK_MS = 1000 / TICK_HZ;
/** Others are shown at least this far behind the newest tick, and at most that far. */
const MIN_DELAY_MS = TICK_MS * 1.5;
const MAX_DELAY_MS = 400;
/** Weight of a new sample in the running jitter. */
const JITTER_GAIN = 0.1;
/** How fast the earliest arrival is forgotten, in milliseconds a second: follows a clock that drifts. */
const DRIFT_MS_PER_SECOND = 2;
/** How fast the delay may change, in milliseconds a second: a change of pace that nobody sees. */
const SLEW_MS_PER_SECOND = 40;
/** A frame this far from expectation is another server or a page that slept: start over. */
const LOST_MS = 1000;

/**
 * Says which server tick to show now. It learns the offset between the server's ticks and our clock from the earliest
 * arrivals, and keeps a delay that covers the measured jitter.
 */
export class PlaybackClock {
  private ticks: number | undefined;
  private offset = 0;
  private lastMs = 0;
  private jitter = 0;
  private delay = MIN_DELAY_MS;

  /** A frame of a tick arrived. @param tick16 its wrapped tick @returns the tick, no longer wrapped */
  arrived(tick16: number, nowMs: Milliseconds): number {
    const ticks = this.ticks === undefined ? tick16 : this.ticks + ticksBetween(this.ticks & 0xffff, tick16);
    const sample = ticks * TICK_MS - nowMs;
    if (this.ticks === undefined || Math.abs(sample - this.offset) > LOST_MS) {
      this.offset = sample;
      this.jitter = 0;
    } else {
      this.offset = Math.max(sample, this.offset - ((nowMs - this.lastMs) / 1000) * DRIFT_MS_PER_SECOND);
      this.jitter += (this.offset - sample - this.jitter) * JITTER_GAIN;
    }
    this.lastMs = nowMs;
    this.ticks = ticks;
    return ticks;
  }

  /** Forgets everything: the next frame comes from another server, perhaps. */
  reset(): void {
    this.ticks = undefined;
  }

  /** Lets the delay follow the jitter; call once a frame. */
  advance(deltaMs: Milliseconds): void {
    const wanted = Math.max(MIN_DELAY_MS, Math.min(MAX_DELAY_MS, MIN_DELAY_MS + this.jitter * 2.5));
    const most = (deltaMs / 1000) * SLEW_MS_PER_SECOND;
    this.delay += Math.max(-most, Math.min(most, wanted - this.delay));
  }

  /** Server time to show now, in ticks with a fraction. */
  target(nowMs: Milliseconds): number {
    return (nowMs + this.offset - this.delay) / TICK_MS;
  }

  get delayMs(): Milliseconds {
    return this.delay;
  }

  get jitterMs(): Milliseconds {
    return this.jitter;
  }
}
