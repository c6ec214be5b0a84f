import { expect, it } from 'vitest';
import { setPersonSound, soundOf } from './person-sound.ts';
import { USUAL_SOUND } from './sound.ts';
import { store } from './store.ts';
import type { PersonView } from './types.ts';

const person = (id: number, circle: number): PersonView => ({
  id,
  circle,
  identity: '',
  alsoMe: false,
  name: `P${id}`,
  colour: 0,
  mic: true,
  cam: false,
  screen: false,
  here: true,
  deaf: false,
  busy: false,
  speaking: false,
  role: 0,
  muted: false,
  pronouns: '',
  about: '',
  me: id === 1,
});
const state = (hearWhom: 'everyone' | 'circle', mine: number) => ({
  me: 1,
  people: { 1: person(1, mine), 2: person(2, 5), 3: person(3, 0) },
  personSound: { 3: { volume: 2, muted: true } },
  settings: { ...store.getState().settings, hearWhom },
});

it('gives everyone as usual, but for what was said of them', () => {
  expect(soundOf(state('everyone', 5), 2)).toEqual({ sound: USUAL_SOUND, outside: false });
  expect(soundOf(state('everyone', 5), 3)).toEqual({ sound: { volume: 2, muted: true }, outside: false });
});

it('knows who is outside of our circle; who stands alone has none', () => {
  expect(soundOf(state('circle', 5), 2).outside).toBe(false);
  expect(soundOf(state('circle', 5), 3).outside).toBe(true);
  expect(soundOf(state('circle', 0), 3).outside).toBe(true);
  expect(soundOf(state('circle', 5), 99).outside).toBe(true);
});

it('changes one thing and leaves the other', () => {
  setPersonSound(7, { volume: 0.5 });
  setPersonSound(7, { muted: true });
  expect(store.getState().personSound[7]).toEqual({ volume: 0.5, muted: true });
});
