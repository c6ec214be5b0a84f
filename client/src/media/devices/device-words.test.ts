import { describe, expect, it } from 'vitest';
import {
  type DeviceFailure,
  failureOf,
  failureSentence,
  fallbackSentence,
  listDevices,
  lostSentence,
} from './device-words.ts';

describe('failures', () => {
  it.each([
    ['NotAllowedError', 'refused'],
    ['SecurityError', 'refused'],
    ['NotFoundError', 'missing'],
    ['OverconstrainedError', 'missing'],
    ['NotReadableError', 'busy'],
    ['AbortError', 'busy'],
    ['SomethingNewError', 'busy'],
  ])('%s means %s', (name, state) => expect(failureOf(name)).toBe(state));

  it('says what happened and what still works, each in its own words', () => {
    expect(failureSentence('mic', 'refused')).toBe(
      'Your browser didn’t let us use the microphone. You can still listen.',
    );
    const failures: DeviceFailure[] = ['refused', 'missing', 'busy', 'insecure'];
    const sentences = failures.flatMap((failure) => [
      failureSentence('mic', failure),
      failureSentence('cam', failure),
    ]);
    expect(new Set(sentences).size).toBe(8);
    for (const sentence of sentences)
      expect(sentence).toMatch(/(microphone|camera).*You can|(microphone|camera).*Others can/);
  });

  it('tells a replaced device from a lost one', () => {
    expect(lostSentence('cam', 'Front camera')).toBe('Your camera went away. We use “Front camera” now.');
    expect(lostSentence('cam', '')).toContain('another one now');
    expect(lostSentence('cam', undefined)).toContain('no other one');
    expect(fallbackSentence('mic', '')).toBe('The microphone you chose isn’t there. We use another one now.');
  });
});

describe('listDevices', () => {
  it('sorts by what they are and keeps their labels', () => {
    expect(
      listDevices([
        { kind: 'audioinput', deviceId: 'a', label: 'Headset' },
        { kind: 'videoinput', deviceId: 'c', label: 'Front camera' },
        { kind: 'audiooutput', deviceId: 's', label: 'Speakers' },
      ]),
    ).toEqual({
      mics: [{ deviceId: 'a', label: 'Headset' }],
      cams: [{ deviceId: 'c', label: 'Front camera' }],
      speakers: [{ deviceId: 's', label: 'Speakers' }],
    });
  });

  it('numbers those without a label', () => {
    const infos = ['a', 'b'].map((deviceId) => ({ kind: 'audioinput' as const, deviceId, label: '' }));
    expect(listDevices(infos).mics.map(({ label }) => label)).toEqual(['Microphone 1', 'Microphone 2']);
  });

  it('lists an id once: before permission all of them are empty', () => {
    const infos = Array.from({ length: 3 }, () => ({ kind: 'videoinput' as const, deviceId: '', label: '' }));
    expect(listDevices(infos).cams).toEqual([{ deviceId: '', label: 'Camera 1' }]);
  });
});
