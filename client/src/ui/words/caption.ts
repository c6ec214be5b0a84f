import { sayNames } from './people-names.ts';

interface CaptionInput {
  /** Names of those who are heard, nearest first. */
  names: readonly string[];
  /** Our own microphone is on. */
  mic: boolean;
  /** Voices can travel at all now. */
  voice: boolean;
}

/** The sentence that says whom our voice reaches; empty when nobody is near enough. */
export function captionFor({ names, mic, voice }: CaptionInput): string {
  if (names.length === 0) return '';
  const who = sayNames(names);
  if (!voice) return `You're beside ${who}, but there is no voice yet.`;
  if (!mic) return `You hear ${who}. Your microphone is off.`;
  return `You're talking to ${who}.`;
}
