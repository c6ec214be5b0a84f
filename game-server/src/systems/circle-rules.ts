import { JOIN_METRES } from '@chatmux/engine';
import { TICK_HZ, WALK_SPEED } from '@chatmux/schema';

/** Numbers of the circles' rules that the server alone needs; the others are shared. Lengths in metres, times in ticks. */

/** How long a pair must be within the join radius without a break: longer than a walk straight past somebody takes. */
export const JOIN_DWELL_TICKS = Math.ceil(((2 * JOIN_METRES) / WALK_SPEED) * TICK_HZ) + 1;
/** How long a linked pair must be beyond the leave radius without a break. */
export const LEAVE_DWELL_TICKS = TICK_HZ / 2;
/** Most people in a circle. */
export const CIRCLE_CAP = 16;
/** Most ties of a person: links, and pairs on the way there. Half as many again as a circle needs. */
export const TIE_CAP = 24;
/** Most of those that wait: between circles too large to become one. The other places are enough for a whole circle. */
export const WAITING_CAP = 8;
/** Who has this many ties looks for more only when it is their turn. At least WAITING_CAP: fewer ties leave room for any. */
export const CROWDED_TIES = 8;
/** Ticks from one turn to the next. */
export const CROWDED_TURN_TICKS = 8;
/** Who knocks stands at most this far from a member. */
export const KNOCK_METRES = 6;
