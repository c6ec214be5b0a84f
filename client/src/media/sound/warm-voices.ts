import type { Voice } from './voice.ts';

/** Voices that are in the graph before anybody hears them: one that takes over from another sounds without a delay. */
export interface WarmVoices {
  /** Brings a track in, unheard; what it says is measured. */
  warm(track: MediaStreamTrack): Pick<Voice, 'rms'>;
  /** The voice of a track: the one that is warm, or a new one. It is its taker's from then on. */
  take(track: MediaStreamTrack): Voice;
  /** Lets go of a warm one that was not taken. */
  drop(track: MediaStreamTrack): void;
}

export function createWarmVoices(addVoice: (track: MediaStreamTrack) => Voice): WarmVoices {
  const voices = new Map<MediaStreamTrack, Voice>();
  return {
    warm(track) {
      const voice = voices.get(track) ?? addVoice(track);
      voices.set(track, voice);
      voice.setPlaying(true);
      return voice;
    },
    take(track) {
      const voice = voices.get(track);
      voices.delete(track);
      return voice ?? addVoice(track);
    },
    drop(track) {
      voices.get(track)?.close();
      voices.delete(track);
    },
  };
}
