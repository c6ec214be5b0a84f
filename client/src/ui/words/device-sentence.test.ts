import { describe, expect, it } from 'vitest';
import type { DeviceState } from '../../store/devices.ts';
import { camHint, deviceSentence, deviceWord, isTrouble, micHint } from './device-sentence.ts';

const fine: DeviceState[] = ['off', 'starting', 'on'];
const troubled: DeviceState[] = ['refused', 'missing', 'busy', 'insecure'];

describe('deviceSentence', () => {
  it.each(fine)('says nothing while a device is %s', (state) => {
    expect(isTrouble(state)).toBe(false);
    expect(deviceSentence('mic', state)).toBe('');
    expect(deviceSentence('cam', state)).toBe('');
  });

  it.each(troubled)('says what to do when a device is %s, and that one can enter all the same', (state) => {
    expect(isTrouble(state)).toBe(true);
    expect(deviceSentence('mic', state)).toMatch(/microphone.*You can still enter and listen\.$/);
    expect(deviceSentence('cam', state)).toMatch(/camera.*You can still enter without a picture\.$/);
  });

  it('speaks of no door to those who are inside', () => {
    expect(deviceSentence('mic', 'busy', 'inside')).toMatch(/Close it there.*You can still listen\.$/);
    for (const state of troubled) expect(deviceSentence('cam', state, 'inside')).not.toContain('enter');
  });

  it('has its own words for each state', () => {
    const all = [...fine, ...troubled];
    expect(new Set(troubled.map((state) => deviceSentence('mic', state))).size).toBe(troubled.length);
    expect(new Set(all.map(deviceWord)).size).toBe(all.length);
  });
});

describe('hints beside a device', () => {
  it('say what happens next', () => {
    expect(micHint('off', 'prompt')).toContain('will ask');
    expect(micHint('off', 'denied')).toContain('Allow it');
    expect(micHint('off', 'unknown')).toContain('to try it');
    expect(micHint('on', 'granted')).toContain('Say something');
    expect(micHint('on', 'granted', 'T')).toContain('while you hold T');
    expect(micHint('busy', 'granted')).toContain('without it');
    expect(camHint('off', 'denied')).toContain('camera');
    expect(camHint('on', 'granted')).toContain('mirrored');
  });
});
