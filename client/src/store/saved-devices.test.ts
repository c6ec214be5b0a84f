import { describe, expect, it } from 'vitest';
import { NEW_WISHES, wishesOf } from './devices.ts';
import { savedDevicesSchema } from './saved-devices.ts';

describe('what is kept about devices', () => {
  it('comes back as it was', () => {
    const wishes = {
      ...NEW_WISHES,
      chosen: { ...NEW_WISHES.chosen, mic: { id: 'm', name: 'Headset' } },
      cleaning: { echo: true, noise: false, gain: false },
      talk: 'push' as const,
      talkKey: 'KeyG' as const,
    };
    expect(savedDevicesSchema.parse(JSON.parse(JSON.stringify(wishesOf(wishes))))).toEqual(wishes);
  });

  it('is understood as it was kept at first: one switch stood for all three', () => {
    const first = { micId: 'm', camId: 'c', speakerId: '', cleanUp: false };
    expect(savedDevicesSchema.parse(first)).toEqual({
      ...NEW_WISHES,
      chosen: { mic: { id: 'm', name: '' }, cam: { id: 'c', name: '' }, speaker: { id: '', name: '' } },
      cleaning: { echo: false, noise: false, gain: false },
    });
  });

  it('loses a part that makes no sense, and no other', () => {
    const odd = { ...NEW_WISHES, talk: 'push', talkKey: 'Space', profile: 7 };
    expect(savedDevicesSchema.parse(odd)).toEqual({ ...NEW_WISHES, talk: 'push' });
    expect(savedDevicesSchema.safeParse('nonsense').success).toBe(false);
  });
});
