import { expect, it } from 'vitest';
import { isSpeaking } from './speaking.ts';
import type { PersonView } from './types.ts';

const person = (id: number, more: Partial<PersonView> = {}): PersonView => ({
  id,
  name: 'Ada',
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
  circle: 0,
  me: false,
  alsoMe: false,
  identity: '',
  ...more,
});
const state = (people: PersonView[], speaking: number[] = [], blocked: number[] = []) => ({
  people: Object.fromEntries(people.map((one) => [one.id, one])),
  speaking: Object.fromEntries(speaking.map((id) => [id, true as const])),
  blocked,
});

it('believes our own ears, and the server for those we do not hear', () => {
  expect(isSpeaking(state([person(1)], [1]), 1)).toBe(true);
  expect(isSpeaking(state([person(1, { speaking: true })]), 1)).toBe(true);
  expect(isSpeaking(state([person(1)]), 1)).toBe(false);
  expect(isSpeaking(state([]), 1)).toBe(false);
});

it('goes by our own microphone for ourselves, and shows nothing of the blocked and the dropped', () => {
  expect(isSpeaking(state([person(1, { speaking: true, me: true })]), 1)).toBe(false);
  expect(isSpeaking(state([person(1, { speaking: true })], [], [1]), 1)).toBe(false);
  expect(isSpeaking(state([person(1, { speaking: true, here: false })]), 1)).toBe(false);
});
