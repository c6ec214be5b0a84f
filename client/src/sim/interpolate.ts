import { MAX_WINDOW_LOG, type Milliseconds, type Pose, TICK_HZ } from '@chatmux/schema';
import type { ShownBody } from './types.ts';

/**
 * Samples kept for one person: more than the longest delay needs. Who was told of in the slowest group and is told of in
 * each tick from now on is shown that much later for some seconds.
 */
const KEPT = (1 << MAX_WINDOW_LOG) + TICK_HZ;
/** Movement is carried on for this long when poses are late, in ticks (250 ms), then the body waits. */
const MAX_EXTRAPOLATED_TICKS = TICK_HZ / 4;
/** A jump over this many metres in one tick is a cut: nobody runs that fast. */
const CUT_METRES = 3;
/** How quickly the shown speed follows, as the time in which half is caught up with, in milliseconds. */
const SPEED_HALF_LIFE_MS = 60;
/** People far away are told of less often, and shown later by as much. They get there by walking this much slower or faster. */
const DELAY_SLEW = 0.25;
const TICK_MS = 1000 / TICK_HZ;

interface Sample {
  tick: number;
  x: number;
  z: number;
  yaw: number;
}

/** Shortest turn from one yaw to another, −π to π. */
export function turnBetween(from: number, to: number): number {
  const turn = (to - from) % (Math.PI * 2);
  return turn > Math.PI ? turn - Math.PI * 2 : turn < -Math.PI ? turn + Math.PI * 2 : turn;
}

/** One other person: poses by tick go in, a body that moves smoothly comes out. */
export class InterpolatedBody {
  readonly shown: ShownBody;
  /** Where they were told to be last: says when they are out of our sight. */
  x: number;
  z: number;
  /** Ticks between two poses of theirs at most, while they move. */
  private window: number;
  /** Ticks they are shown later than people who are told of in each tick. */
  private delay: number;
  /** Tick shown last; where poses were late, the one up to which movement was carried on. */
  private at = Number.NEGATIVE_INFINITY;
  /** They are told of less often than before: what is shown goes on from where it waited. */
  private slowed = false;
  private readonly samples: Sample[] = [];

  constructor(pose: Pose, window: number, tick: number) {
    this.window = window;
    this.delay = window - 1;
    this.x = pose.x;
    this.z = pose.z;
    this.shown = { x: pose.x, z: pose.z, yaw: pose.yaw, speed: 0 };
    this.samples.push({ tick, x: pose.x, z: pose.z, yaw: pose.yaw });
  }

  /**
   * A pose of a tick. Poses come only while somebody moves: after a gap longer than the window they stood still until the
   * window began.
   */
  add(pose: Pose, window: number, tick: number): void {
    // Who comes nearer was told of at their old rate until now.
    const lookBack = Math.max(window, this.window);
    const last = this.samples.at(-1);
    if (last && tick > last.tick + this.window && tick <= last.tick + lookBack) this.slowed = true;
    // Now and then somebody is told of ahead of their turn, in a group that looks back further.
    this.window = last && tick > last.tick ? Math.min(window, tick - last.tick) : window;
    this.x = pose.x;
    this.z = pose.z;
    if (last && tick <= last.tick) this.samples.pop();
    else if (last && tick > last.tick + lookBack) this.samples.push({ ...last, tick: tick - lookBack });
    this.samples.push({ tick, x: pose.x, z: pose.z, yaw: pose.yaw });
    if (this.samples.length > KEPT) this.samples.splice(0, this.samples.length - KEPT);
  }

  /** Moves the shown body to a server time. @param now tick with a fraction @param deltaMs since the last call */
  advance(now: number, deltaMs: Milliseconds): void {
    const { samples, shown } = this;
    const most = (deltaMs / TICK_MS) * DELAY_SLEW;
    this.delay += Math.max(-most, Math.min(most, this.window - 1 - this.delay));
    if (this.slowed) this.delay = Math.max(this.delay, Math.min(this.window - 1, now - this.at));
    this.slowed = false;
    const tick = now - this.delay;
    while (samples.length > 2 && (samples[1]?.tick ?? 0) <= tick) samples.shift();
    const from = samples[0];
    const to = samples[1];
    if (!from) return;
    this.at = Math.min(tick, to ? to.tick + MAX_EXTRAPOLATED_TICKS : from.tick);
    let x = from.x;
    let z = from.z;
    let yaw = from.yaw;
    if (to && tick > from.tick) {
      const span = to.tick - from.tick;
      const passed = Math.min((tick - from.tick) / span, 1 + MAX_EXTRAPOLATED_TICKS / span);
      if (Math.hypot(to.x - from.x, to.z - from.z) > CUT_METRES * span) {
        x = to.x;
        z = to.z;
        yaw = to.yaw;
      } else {
        x += (to.x - from.x) * passed;
        z += (to.z - from.z) * passed;
        yaw += turnBetween(from.yaw, to.yaw) * Math.min(1, passed);
      }
    }
    const moved = Math.hypot(x - shown.x, z - shown.z);
    const speed = deltaMs > 0 && moved < CUT_METRES ? moved / (deltaMs / 1000) : 0;
    shown.speed += (speed - shown.speed) * (1 - 0.5 ** (deltaMs / SPEED_HALF_LIFE_MS));
    if (shown.speed < 0.01) shown.speed = 0;
    shown.x = x;
    shown.z = z;
    shown.yaw = yaw;
  }
}
