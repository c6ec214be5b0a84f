import { describe, expect, it } from 'vitest';
import type { DeviceState } from '../../store/types.ts';
import { deviceSentence, deviceWord, isTrouble } from './device-sentence.ts';

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

  it('has its own words for each state', () => {
    const all = [...fine, ...troubled];
    expect(new Set(troubled.map((state) => deviceSentence('mic', state))).size).toBe(troubled.length);
    expect(new Set(all.map(deviceWord)).size).toBe(all.length);
  });
});
