import type { SoundRung, SoundState, WayState } from '../../store/sound.ts';

export const RUNG_NAMES: Record<SoundRung, string> = {
  headphones: 'Headphones',
  speakers: 'Speakers',
  plain: 'Plain',
};

/** What a step sounds like. */
const RUNG_SOUNDS: Record<SoundRung, string> = {
  headphones: 'Voices come from all around you.',
  speakers: 'Voices come from the left or the right.',
  plain: 'Voices are near or far, but the same on both sides.',
};

const WAY_NOTES: Record<WayState, string> = {
  straight: '',
  opening: '',
  loopback: 'So that others don’t hear themselves, sound takes a small detour and comes a little later.',
  failed: 'Others may hear themselves through your microphone. Headphones help.',
};

/** The step that is on, why, and what comes with it. */
export function soundSentence({ rung, way, why }: SoundState): string {
  return [`Now: ${RUNG_NAMES[rung]}.`, why, RUNG_SOUNDS[rung], WAY_NOTES[way]].filter(Boolean).join(' ');
}
