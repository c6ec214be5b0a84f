import { expect, it } from 'vitest';
import { MOST_VOLUME, USUAL_SOUND } from '../../store/sound.ts';
import { mixOf, OUTSIDE_FACTOR } from './voice-mix.ts';

it('leaves people as they are by default', () => expect(mixOf(1, USUAL_SOUND, false, 'distance')).toBe(1));

it('multiplies the volume of everyone with a person’s own, and keeps that within its ends', () => {
  expect(mixOf(0.5, { volume: 1.5, muted: false }, false, 'distance')).toBe(0.75);
  expect(mixOf(1, { volume: 7, muted: false }, false, 'distance')).toBe(MOST_VOLUME);
  expect(mixOf(1, { volume: -1, muted: false }, false, 'distance')).toBe(0);
});

it('mutes a person whatever else is said', () => {
  for (const carry of ['distance', 'whole', 'quiet'] as const)
    expect(mixOf(1, { volume: 2, muted: true }, false, carry)).toBe(0);
});

it('keeps those outside of our circle very quiet, but not the stage', () => {
  expect(mixOf(1, USUAL_SOUND, true, 'distance')).toBe(OUTSIDE_FACTOR);
  expect(mixOf(1, USUAL_SOUND, true, 'quiet')).toBe(OUTSIDE_FACTOR);
  expect(mixOf(1, USUAL_SOUND, true, 'whole')).toBe(1);
});
