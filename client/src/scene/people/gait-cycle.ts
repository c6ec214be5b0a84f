import type { Metres, Seconds } from '@chatmux/schema';

/**
 * How legs move so that a foot on the ground stays where it is. A cycle is two steps; `phase` runs from 0 to 1 through
 * it. While a foot stands it moves back under the body at exactly the ground speed; then it swings forward, lifted.
 */

/** Longest reach of a foot before or behind the hip, in metres. */
const REACH_WALK = 0.3;
const REACH_RUN = 0.42;
/** Share of the cycle a foot stands: above 0.5 both stand for a moment, below both fly. */
const STAND_WALK = 0.56;
const STAND_RUN = 0.36;
/** Metres a second at which walking has become running. */
const WALK_FROM = 3;
const RUN_FROM = 5.5;
/** Below this the steps grow shorter rather than slower. */
const SHUFFLE_SPEED = 0.9;

export interface FootPlace {
  /** Before (+) or behind (−) the hip. */
  forward: Metres;
  /** Above the ground. */
  lift: Metres;
}

/** 0 for walking, 1 for running, between while changing. */
export function runShare(speed: Metres): number {
  const t = Math.min(1, Math.max(0, (speed - WALK_FROM) / (RUN_FROM - WALK_FROM)));
  return t * t * (3 - 2 * t);
}

/** How far a foot reaches at this speed. 0 when standing. */
export function footReach(speed: Metres): Metres {
  const run = runShare(speed);
  return ((REACH_WALK + (REACH_RUN - REACH_WALK) * run) * speed) / (speed + SHUFFLE_SPEED);
}

/** Share of the cycle a foot stands on the ground. */
export function standShare(speed: Metres): number {
  return STAND_WALK + (STAND_RUN - STAND_WALK) * runShare(speed);
}

/** Cycles a second at a ground speed; the limit for standing, where the reach is 0, is finite. */
export function cyclesPerSecond(speed: Metres): number {
  const run = runShare(speed);
  const reach = REACH_WALK + (REACH_RUN - REACH_WALK) * run;
  // A standing foot goes from +reach to −reach in standShare of a cycle, at `speed`: both grow with speed, which cancels.
  return ((speed + SHUFFLE_SPEED) * standShare(speed)) / (2 * reach);
}

/** The phase after some time, from 0 up to 1. */
export function advancePhase(phase: number, speed: Metres, seconds: Seconds): number {
  const next = phase + cyclesPerSecond(speed) * seconds;
  return next - Math.floor(next);
}

/** Where a foot is in the cycle; the other foot is half a cycle ahead. Changes `out`. */
export function placeFoot(phase: number, speed: Metres, out: FootPlace): FootPlace {
  const stand = standShare(speed);
  const reach = footReach(speed);
  if (phase < stand) {
    out.forward = reach * (1 - (2 * phase) / stand);
    out.lift = 0;
    return out;
  }
  const swing = (phase - stand) / (1 - stand);
  const eased = swing * swing * (3 - 2 * swing);
  out.forward = reach * (2 * eased - 1);
  out.lift = Math.sin(swing * Math.PI) * reach * (0.42 + 0.3 * runShare(speed));
  return out;
}

/** How high the body rides above its standing height: it dips as each foot takes the weight. */
export function bodyBob(phase: number, speed: Metres): Metres {
  const amount = 0.022 + 0.045 * runShare(speed);
  const share = speed / (speed + SHUFFLE_SPEED);
  return amount * share * (1 - Math.cos(phase * Math.PI * 4 - 0.6)) * 0.5;
}
