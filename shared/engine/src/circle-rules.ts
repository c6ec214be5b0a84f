import { TICK_HZ } from '@chatmux/schema';

/** Numbers of the circles' rules that pages show, too. Lengths in metres, times in ticks. */

/** A pair within this distance is on the way to a link. */
export const JOIN_METRES = 2.6;
/** A linked pair beyond this distance is on the way to lose it. */
export const LEAVE_METRES = 3.6;
/** Shortest time between two knocks of one person. */
export const KNOCK_PAUSE_TICKS = 5 * TICK_HZ;
/** A knock that nobody answers is over after this time. */
export const KNOCK_TICKS = 30 * TICK_HZ;
/** How long somebody who was let in may take to come. */
export const LET_IN_TICKS = 60 * TICK_HZ;
