import { Decoder, Encoder } from '@colyseus/schema';
import { afterEach, expect, it, vi } from 'vitest';
import { makeRoomFor, Person, Roster } from './roster.ts';

const PEOPLE = 2000;

afterEach(() => vi.restoreAllMocks());

it('holds two thousand people with the longest names in one go', () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  makeRoomFor(PEOPLE);
  const roster = new Roster();
  const encoder = new Encoder(roster);
  for (let id = 1; id <= PEOPLE; id++) {
    const person = new Person();
    const flags = { mic: true, cam: true, here: true, deaf: true, busy: true, speaking: true };
    Object.assign(person, {
      id,
      name: '🦙'.repeat(24),
      identity: 'A'.repeat(22),
      colour: 11,
      circle: id,
      ...flags,
    });
    roster.people.set(String(id), person);
  }
  const bytes = encoder.encodeAll();
  const copy = new Roster();
  new Decoder(copy).decode(bytes);
  expect(copy.people.size).toBe(PEOPLE);
  expect(copy.people.get('2000')).toMatchObject({
    id: 2000,
    name: '🦙'.repeat(24),
    circle: 2000,
    speaking: true,
  });
  expect(warn).not.toHaveBeenCalled();
});
