import type { Milliseconds } from '@chatmux/schema';

/** Below −65 dB of full scale, before distance: nothing but the noise of a microphone. */
const NOTHING = 10 ** (-65 / 20);
/** Silence after which a voice rests. */
export const REST_AFTER_MS: Milliseconds = 3000;
/** Who is looked at less often than this does not rest: the beginning of a word would be lost. */
const LONGEST_LOOK_MS: Milliseconds = 150;

/** Whether a voice rests, because it has been silent for long. */
export interface VoiceRest {
  /**
   * @param rms loudness of the speaker now, 0 to 1
   * @returns true while it rests
   */
  observe(rms: number, nowMs: Milliseconds): boolean;
}

export function createVoiceRest(): VoiceRest {
  let silentSinceMs: Milliseconds | undefined;
  let lookedAtMs = Number.NEGATIVE_INFINITY;
  return {
    observe(rms, nowMs) {
      const isWatched = nowMs - lookedAtMs <= LONGEST_LOOK_MS;
      lookedAtMs = nowMs;
      if (rms > NOTHING || !isWatched) silentSinceMs = undefined;
      else silentSinceMs ??= nowMs;
      return silentSinceMs !== undefined && nowMs - silentSinceMs >= REST_AFTER_MS;
    },
  };
}
