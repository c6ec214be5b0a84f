import { afterEach, beforeEach, expect, it } from 'vitest';
import { NEW_WISHES } from '../store/devices.ts';
import { patch, store } from '../store/store.ts';
import { SoundKeeper } from './sound-keeper.ts';

const told: { rung: string; way: string; silent: boolean } = { rung: '', way: '', silent: false };
let keeper: SoundKeeper;

beforeEach(() => {
  store.setState({ status: { deaf: false, busy: false }, activeQuality: 'medium' });
  patch('settings', { sound: 'auto' });
  patch('devices', { ...NEW_WISHES, mic: 'off', speakers: [] });
  keeper = new SoundKeeper({
    setStep: ({ rung, way }) => Object.assign(told, { rung, way }),
    setSilent: (silent) => Object.assign(told, { silent }),
  });
});
afterEach(() => keeper.close());

it('makes us hear nobody the moment we want that, whatever the server says', () => {
  for (const status of [
    { deaf: true, busy: false },
    { deaf: false, busy: true },
  ]) {
    store.setState({ status });
    expect(told.silent).toBe(true);
    store.setState({ status: { deaf: false, busy: false } });
    expect(told.silent).toBe(false);
  }
});

it('follows the speakers and the choice, and shows what is on and why', () => {
  patch('devices', { speakers: [{ deviceId: 'default', label: 'Headset (USB)' }] });
  expect(told.rung).toBe('headphones');
  expect(store.getState().sound).toMatchObject({
    rung: 'headphones',
    why: expect.stringContaining('Headset (USB)'),
  });
  patch('settings', { sound: 'plain' });
  expect(told.rung).toBe('plain');
  expect(store.getState().sound).toMatchObject({ rung: 'plain', why: 'You chose it.' });
});

it('stops when the visit ends', () => {
  keeper.close();
  patch('settings', { sound: 'plain' });
  expect(told.rung).toBe('speakers');
});
