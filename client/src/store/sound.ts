/** How we hear others: what settings, panels and media all speak of. */

/** The steps of the ladder, richest first. */
export type SoundRung =
  | 'headphones' // all around for the nearest few, left and right for the rest
  | 'speakers' // left and right
  | 'plain'; // volume alone, the same on both sides
export type SoundChoice = 'auto' | SoundRung;

/**
 * How sound leaves us: straight to the speakers, or through a connection to ourselves that the echo canceller hears.
 * `opening` and `failed` play straight.
 */
export type WayState = 'straight' | 'loopback' | 'opening' | 'failed';

/** The step of the ladder that is on. */
export interface SoundState {
  rung: SoundRung;
  way: WayState;
  /** Why this rung, in a sentence. */
  why: string;
}

/** Whom we hear as they are: everyone, or those of our circle. */
export type HearWhom = 'everyone' | 'circle';

/** How we want to hear one person; kept here, nobody else learns of it. */
export interface PersonSound {
  /** Amplitude factor, 0 to MOST_VOLUME. */
  volume: number;
  muted: boolean;
}

export const MOST_VOLUME = 2;
export const USUAL_SOUND: PersonSound = { volume: 1, muted: false };
