import { describe, expect, it } from 'vitest';
import {
  applyCleaning,
  cleaningIn,
  markProfile,
  micConstraints,
  PROFILES,
  profileOf,
} from './voice-profiles.ts';

const ALL = { echo: true, noise: true, gain: true };

describe('what a microphone sends', () => {
  it('is cleaned as it was chosen, one by one; music is left alone', () => {
    expect(micConstraints('voice', { ...ALL, noise: false })).toEqual({
      echoCancellation: true,
      noiseSuppression: false,
      autoGainControl: true,
      channelCount: { ideal: 1 },
    });
    expect(micConstraints('music', ALL)).toEqual({
      echoCancellation: false,
      noiseSuppression: false,
      autoGainControl: false,
      channelCount: { ideal: 2 },
    });
    expect(cleaningIn('music', ALL)).toEqual({ echo: false, noise: false, gain: false });
  });
  it('says on its track what it is', () => {
    const track = { contentHint: '' } as MediaStreamTrack;
    expect(profileOf(undefined)).toBe('voice');
    markProfile(track, 'music');
    expect(profileOf(track)).toBe('music');
    markProfile(track, 'voice');
    expect(profileOf(track)).toBe('voice');
  });
  it('takes more for music, and never falls silent there', () => {
    expect(PROFILES.music.bitrate).toBeGreaterThan(PROFILES.voice.bitrate);
    expect([PROFILES.voice.dtx, PROFILES.music.dtx]).toEqual([true, false]);
  });
});

describe('cleaning an open microphone in another way', () => {
  const microphone = (settings: MediaTrackSettings, takes: boolean, fails = false) => {
    const asked: MediaTrackConstraints[] = [];
    return {
      asked,
      getSettings: () => settings,
      async applyConstraints(constraints: MediaTrackConstraints = {}) {
        asked.push(constraints);
        if (fails) throw new DOMException('no', 'OverconstrainedError');
        if (takes)
          for (const name of ['echoCancellation', 'noiseSuppression', 'autoGainControl'] as const)
            settings[name] = constraints[name] === true;
      },
    };
  };
  const cleaned = () => ({
    deviceId: 'm',
    echoCancellation: true,
    noiseSuppression: true,
    autoGainControl: true,
  });

  it('asks for the same device, and looks whether it was done', async () => {
    const track = microphone(cleaned(), true);
    expect(await applyCleaning(track, 'voice', { ...ALL, noise: false })).toBe(true);
    expect(track.asked).toMatchObject([{ deviceId: { exact: 'm' }, noiseSuppression: false }]);
  });
  it('says so where the browser accepts and does nothing, and where it refuses', async () => {
    expect(await applyCleaning(microphone(cleaned(), false), 'voice', { ...ALL, gain: false })).toBe(false);
    expect(await applyCleaning(microphone(cleaned(), true, true), 'voice', ALL)).toBe(false);
  });
});
