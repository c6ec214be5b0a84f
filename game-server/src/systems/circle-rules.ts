import { TICK_HZ, WALK_SPEED } from '@chatmux/schema';

/** Numbers of the circles' rules. Lengths in metres, times in ticks. */

/** A pair within this distance is on the way to a link. */
export const JOIN_METRES = 2.6;
/** A linked pair beyond this distance is on the way to lose it. */
export const LEAVE_METRES = 3.6;
/** How long a pair must be within the join radius without a break: longer than a walk straight past somebody takes. */
export const JOIN_DWELL_TICKS = Math.ceil(((2 * JOIN_METRES) / WALK_SPEED) * TICK_HZ) + 1;
/** How long a linked pair must be beyond the leave radius without a break. */
export const LEAVE_DWELL_TICKS = TICK_HZ / 2;
/** Most people in a circle. */
export const CIRCLE_CAP = 16;
/** Who knocks stands at most this far from a member. */
export const KNOCK_METRES = 6;
/** Shortest time between two knocks of one person. */
export const KNOCK_PAUSE_TICKS = 5 * TICK_HZ;
/** A knock that nobody answers is over after this time. */
export const KNOCK_TICKS = 30 * TICK_HZ;
/** How long somebody who was let in may take to come. */
export const LET_IN_TICKS = 60 * TICK_HZ;
