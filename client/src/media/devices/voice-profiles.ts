import type { Cleaning, VoiceProfile } from '../../store/devices.ts';

export interface OpusSettings {
  /** In bits a second. */
  bitrate: number;
  stereo: boolean;
  /** Next to nothing is sent in silence. */
  dtx: boolean;
}

/** How each profile is encoded. */
export const PROFILES: Readonly<Record<VoiceProfile, OpusSettings>> = {
  voice: { bitrate: 32_000, stereo: false, dtx: true },
  music: { bitrate: 128_000, stereo: true, dtx: false },
};

/** How the sound of a screen is encoded: as music, in stereo. */
export const SCREEN_SOUND: OpusSettings = { bitrate: 128_000, stereo: true, dtx: false };

const NOTHING: Cleaning = { echo: false, noise: false, gain: false };

/** What is done to the sound in a profile: music is left as it is. */
export const cleaningIn = (profile: VoiceProfile, chosen: Cleaning): Cleaning =>
  profile === 'music' ? NOTHING : chosen;

/** Notes on a microphone's track what it carries; encoders of the browser read it, too (MediaStreamTrack content hints). */
export function markProfile(track: MediaStreamTrack, profile: VoiceProfile): void {
  track.contentHint = profile === 'music' ? 'music' : '';
}

/** What a microphone's track carries. */
export const profileOf = (track: Pick<MediaStreamTrack, 'contentHint'> | undefined): VoiceProfile =>
  track?.contentHint === 'music' ? 'music' : 'voice';

/** What is asked of the browser for a microphone. */
export function micConstraints(profile: VoiceProfile, chosen: Cleaning): MediaTrackConstraints {
  const { echo, noise, gain } = cleaningIn(profile, chosen);
  return {
    echoCancellation: echo,
    noiseSuppression: noise,
    autoGainControl: gain,
    channelCount: { ideal: PROFILES[profile].stereo ? 2 : 1 },
  };
}

/** Changes how an open microphone is cleaned. @returns false where the browser can't, and it has to be opened anew */
export async function applyCleaning(
  track: Pick<MediaStreamTrack, 'applyConstraints' | 'getSettings'>,
  profile: VoiceProfile,
  chosen: Cleaning,
): Promise<boolean> {
  const wanted = micConstraints(profile, chosen);
  const { deviceId } = track.getSettings();
  try {
    // Constraints that are left out are no longer asked for.
    await track.applyConstraints({ ...wanted, ...(deviceId ? { deviceId: { exact: deviceId } } : {}) });
  } catch (error) {
    console.debug('this microphone has to be opened anew to clean it in another way', error);
    return false;
  }
  // Some browsers accept and do nothing.
  const now = track.getSettings();
  return (['echoCancellation', 'noiseSuppression', 'autoGainControl'] as const).every(
    (name) => now[name] === wanted[name],
  );
}
