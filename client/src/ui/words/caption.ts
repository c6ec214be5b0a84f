import type { StatusMessage } from '@chatmux/schema';
import { sayNames } from './people-names.ts';
import { statusWords } from './status-words.ts';

interface CaptionInput {
  /** Names of those whose voice reaches us, nearest first. */
  hears: readonly string[];
  /** Names of those whom our voice reaches, nearest first. */
  reaches: readonly string[];
  /** Our own microphone is on. */
  mic: boolean;
  /** Nothing is sent until a key or a button is held. */
  waits: boolean;
  /** Voices can travel at all now. */
  voice: boolean;
  status: StatusMessage;
}

/** The sentence that says whom our voice reaches and whom we hear; empty when nobody is near enough. */
export function captionFor({ hears, reaches, mic, waits, voice, status }: CaptionInput): string {
  const own = statusWords(status);
  if (own) {
    const heardBy = !status.busy && mic && !waits && voice && reaches.length > 0;
    return heardBy ? `You hear nobody. ${sayNames(reaches)} can hear you.` : own.own;
  }
  const near = hears.length > 0 ? hears : reaches;
  if (near.length === 0) return '';
  if (!voice) return `You're beside ${sayNames(near)}, but there is no voice yet.`;
  if (!mic) return hears.length > 0 ? `You hear ${sayNames(hears)}. Your microphone is off.` : '';
  if (waits)
    return hears.length > 0
      ? `You hear ${sayNames(hears)}. Hold to talk.`
      : `${sayNames(reaches)} can hear you while you hold.`;
  if (reaches.length > 0) return `You're talking to ${sayNames(reaches)}.`;
  return `You hear ${sayNames(hears)}, who can't hear you from here.`;
}
