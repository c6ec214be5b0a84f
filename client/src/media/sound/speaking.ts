import type { Milliseconds, PersonId } from '@chatmux/schema';

/** On the scale of `meterOf`: a voice counts as speaking from −45 dB of full scale, as silent below −50 dB. */
export const LOUD = 0.25;
export const QUIET = 1 / 6;
/** Speech must go on this long before it shows, and be away this long before the sign goes. */
const ATTACK_MS = 100;
const RELEASE_MS = 400;
/** A longer gap between two looks (a hidden tab) says nothing about what was between. */
const LONGEST_STEP_MS = 250;

interface Voice {
  /** 0 silent to 1 speaking. */
  charge: number;
  speaking: boolean;
  seenAtMs: Milliseconds;
}

export interface Speaking {
  /** Notes how loud a person is (scale of `meterOf`) at a time. Returns true when that changed who speaks. */
  observe(id: PersonId, level: number, nowMs: Milliseconds): boolean;
  /** Forgets a person. Returns true when they were speaking. */
  forget(id: PersonId): boolean;
  /** Those who speak now, by id. */
  ids(): PersonId[];
}

/** Who speaks, from levels: quick to show, slow to go, deaf to clicks and to pauses between words. */
export function createSpeaking(): Speaking {
  const voices = new Map<PersonId, Voice>();
  return {
    observe(id, level, nowMs) {
      let voice = voices.get(id);
      if (!voice) {
        voice = { charge: 0, speaking: false, seenAtMs: nowMs };
        voices.set(id, voice);
      }
      const step = Math.min(Math.max(nowMs - voice.seenAtMs, 0), LONGEST_STEP_MS);
      voice.seenAtMs = nowMs;
      if (level >= LOUD) voice.charge = Math.min(voice.charge + step / ATTACK_MS, 1);
      else if (level < QUIET) voice.charge = Math.max(voice.charge - step / RELEASE_MS, 0);
      const before = voice.speaking;
      if (voice.charge >= 1) voice.speaking = true;
      else if (voice.charge <= 0) voice.speaking = false;
      return voice.speaking !== before;
    },
    forget(id) {
      const spoke = voices.get(id)?.speaking ?? false;
      voices.delete(id);
      return spoke;
    },
    ids: () =>
      [...voices]
        .filter(([, { speaking }]) => speaking)
        .map(([id]) => id)
        .sort((a, b) => a - b),
  };
}
