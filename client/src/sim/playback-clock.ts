import { type Milliseconds, TICK_HZ, ticksBetween } from '@chatmux/schema';

const TICK_MS = 1000 / TICK_HZ;
/** Others are shown this far behind the newest tick at least, so that there is always a pose before and one after. */
const MIN_MARGIN_MS = 15;
const MAX_MARGIN_MS = 350;
/** Margin for each millisecond of mean lateness: covers nineteen of twenty where lateness falls off exponentially. */
const MARGIN_PER_JITTER = 2;
/** Weight of a new sample in the running jitter. */
const JITTER_GAIN = 0.1;
/** Time over which the earliest arrival is taken: a server that stalled, or a clock that drifts, is forgotten after it. */
const WINDOW_MS = 2000;
/** How fast the shown time may shift against our clock, in milliseconds a second: a change of pace that nobody sees. */
const SLEW_MS_PER_SECOND = 80;
/** Further off than this is another server or a page that slept: jump. */
const LOST_MS = 600;

/**
 * Says which server tick to show now. It learns the offset between the server's ticks and our clock from the earliest
 * arrivals of the last seconds, and keeps a delay that covers the measured jitter.
 */
export class PlaybackClock {
  private ticks: number | undefined;
  /** Earliest arrivals of this window and the one before, as server time minus our time. */
  private earliest = 0;
  private earliestBefore = Number.NEGATIVE_INFINITY;
  private windowStart = 0;
  private jitter = 0;
  /** Server time shown minus our time; undefined until the first frame. */
  private shift: number | undefined;

  /** A frame of a tick arrived. @param tick16 its wrapped tick @returns the tick, no longer wrapped */
  arrived(tick16: number, nowMs: Milliseconds): number {
    const ticks = this.ticks === undefined ? tick16 : this.ticks + ticksBetween(this.ticks & 0xffff, tick16);
    const sample = ticks * TICK_MS - nowMs;
    const age = nowMs - this.windowStart;
    if (this.ticks === undefined || age > 2 * WINDOW_MS || Math.abs(sample - this.offset()) > LOST_MS) {
      this.earliest = sample;
      this.earliestBefore = Number.NEGATIVE_INFINITY;
      this.windowStart = nowMs;
    } else if (age > WINDOW_MS) {
      this.earliestBefore = this.earliest;
      this.earliest = sample;
      this.windowStart = nowMs;
    } else this.earliest = Math.max(this.earliest, sample);
    this.jitter += (this.offset() - sample - this.jitter) * JITTER_GAIN;
    this.ticks = ticks;
    return ticks;
  }

  /** Forgets everything: the next frame comes from another server, perhaps. */
  reset(): void {
    this.ticks = undefined;
    this.shift = undefined;
    this.jitter = 0;
  }

  /** Lets the shown time follow; call once a frame. */
  advance(deltaMs: Milliseconds): void {
    if (this.ticks === undefined) return;
    const wanted = this.offset() - this.wantedDelay();
    const off = wanted - (this.shift ?? wanted);
    const most = (deltaMs / 1000) * SLEW_MS_PER_SECOND;
    const step = Math.abs(off) > LOST_MS ? off : Math.max(-most, Math.min(most, off));
    this.shift = (this.shift ?? wanted) + step;
  }

  /** Server time to show now, in ticks with a fraction. */
  target(nowMs: Milliseconds): number {
    return (nowMs + (this.shift ?? this.offset() - this.wantedDelay())) / TICK_MS;
  }

  /** How far behind the newest tick others are shown now. */
  get delayMs(): Milliseconds {
    return this.offset() - (this.shift ?? this.offset() - this.wantedDelay());
  }

  get jitterMs(): Milliseconds {
    return this.jitter;
  }

  private offset(): number {
    return Math.max(this.earliest, this.earliestBefore);
  }

  private wantedDelay(): Milliseconds {
    return TICK_MS + Math.max(MIN_MARGIN_MS, Math.min(MAX_MARGIN_MS, this.jitter * MARGIN_PER_JITTER));
  }
}
