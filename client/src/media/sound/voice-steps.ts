/**
 * How a value of the graph goes from one step to the next, about 20 times a second. Setting it is the cheapest, easing
 * it costs half as much again and never clicks: measured per voice and step, the difference is small but there.
 */
export type Step = 'none' | 'set' | 'ease';

/** 0.1 dB is not heard as a change; up to 0.3 dB a step is not heard as a click. */
const GAIN_HEARD = 0.01;
const GAIN_CLICKS = 0.035;
/** Of gains this small changes don't matter. */
const GAIN_FLOOR = 0.001;

/** @param from amplitude factor that was set last */
export function gainStep(from: number, to: number): Step {
  if (from === to) return 'none';
  // To silence and out of it always: neither may be left a little way off.
  if (to === 0 || from === 0) return 'ease';
  const change = Math.abs(to - from) / Math.max(from, to, GAIN_FLOOR);
  if (change <= GAIN_HEARD) return 'none';
  return change <= GAIN_CLICKS ? 'set' : 'ease';
}

/** Half a degree, and two: a pan of 1 is 90°. */
const PAN_HEARD = 0.006;
const PAN_CLICKS = 0.022;

/** @param from pan that was set last, −1 to 1 */
export function panStep(from: number, to: number): Step {
  const change = Math.abs(to - from);
  if (change <= PAN_HEARD) return 'none';
  return change <= PAN_CLICKS ? 'set' : 'ease';
}

/**
 * Pan at which StereoPannerNode does what an equal-power PannerNode does for a direction: a third of its cost.
 * @param x to the right, −1 to 1, of a unit vector
 */
export function panOf(x: number): number {
  return (Math.asin(Math.min(Math.max(x, -1), 1)) * 2) / Math.PI;
}
