/** What the net graph keeps of each look. */
export interface NetSample {
  atMs: number;
  roundTripMs: number | undefined;
  delayMs: number;
  jitterMs: number;
  /** Pose bytes and frames a second since the look before. */
  bytesPerSecond: number;
  framesPerSecond: number;
  /** Corrections of our own place since the look before. */
  corrected: number;
}

interface Counters {
  roundTripMs: number | undefined;
  delayMs: number;
  jitterMs: number;
  frames: number;
  bytes: number;
  corrections: number;
}

/** How long the graph reaches back, in milliseconds. */
export const HISTORY_MS = 30_000;
/** Rates are taken over about this long: single frames would only flicker. */
const RATE_MS = 1000;

/** The last half minute of the net, from looks at counters that only grow. */
export class NetHistory {
  readonly samples: NetSample[] = [];
  private readonly looks: { atMs: number; bytes: number; frames: number }[] = [];
  private corrections: number | undefined;

  add(net: Counters, nowMs: number): void {
    const { roundTripMs, delayMs, jitterMs, frames, bytes, corrections } = net;
    const last = this.looks.at(-1);
    // Counters that fell are those of another stay in the world.
    if (last && (bytes < last.bytes || frames < last.frames)) {
      this.looks.length = 0;
      this.corrections = undefined;
    }
    this.looks.push({ atMs: nowMs, bytes, frames });
    while (this.looks.length > 2 && nowMs - (this.looks[1]?.atMs ?? nowMs) >= RATE_MS) this.looks.shift();
    const from = this.looks[0];
    const seconds = from ? (nowMs - from.atMs) / 1000 : 0;
    this.samples.push({
      atMs: nowMs,
      roundTripMs,
      delayMs,
      jitterMs,
      bytesPerSecond: from && seconds > 0 ? (bytes - from.bytes) / seconds : 0,
      framesPerSecond: from && seconds > 0 ? (frames - from.frames) / seconds : 0,
      corrected: Math.max(0, corrections - (this.corrections ?? corrections)),
    });
    this.corrections = corrections;
    while (nowMs - (this.samples[0]?.atMs ?? nowMs) > HISTORY_MS) this.samples.shift();
  }
}

export interface Spread {
  now: number | undefined;
  least: number | undefined;
  most: number | undefined;
}

/** Now, least and most of one number over the samples; undefined where it was never known. */
export function spreadOf(
  samples: readonly NetSample[],
  pick: (sample: NetSample) => number | undefined,
): Spread {
  const known = samples.map(pick).filter((value) => value !== undefined);
  const last = samples.at(-1);
  if (known.length === 0) return { now: undefined, least: undefined, most: undefined };
  return { now: last && pick(last), least: Math.min(...known), most: Math.max(...known) };
}

/** A round number at or above a value: the top of a scale that doesn't change all the time. */
export function roundTop(value: number, least: number): number {
  if (!(value > least)) return least;
  const power = 10 ** Math.floor(Math.log10(value));
  for (const step of [1, 2, 5, 10]) if (step * power >= value) return step * power;
  return 10 * power;
}
