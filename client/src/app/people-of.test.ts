import { PERSON_COLOURS } from '@chatmux/schema';
import { expect, it, vi } from 'vitest';
import { circlesOf, peopleOf } from './people-of.ts';

const ada = {
  id: 3,
  name: 'Ada',
  colour: 11,
  identity: '',
  mic: true,
  cam: false,
  screen: false,
  here: true,
  deaf: false,
  busy: true,
  speaking: false,
  role: 0 as const,
  muted: false,
  pronouns: '',
  about: '',
  circle: 4,
};

it('shows people by their id, and which one we are', () => {
  const lin = { ...ada, id: 9, name: 'Lin', colour: 0 };
  const roster: [string, typeof ada][] = [
    ['3', ada],
    ['9', lin],
  ];
  expect(peopleOf(roster, 9)).toEqual({
    3: { ...ada, me: false, alsoMe: false },
    9: { ...lin, me: true, alsoMe: false },
  });
});

it('knows our other tabs and devices by our identity, and takes no guest for one', () => {
  const roster = ['ann', 'ann', 'bob', '', ''].map((identity, id): [string, typeof ada] => [
    String(id),
    { ...ada, id, identity },
  ]);
  const also = (me: number) =>
    Object.values(peopleOf(roster, me)).flatMap(({ id, alsoMe }) => (alsoMe ? [id] : []));
  expect([also(0), also(1), also(2), also(3)]).toEqual([[1], [0], [], []]);
});

it.each([
  ['an id that is not its key', '4', ada],
  ['an id that only looks like its key', '03', ada],
  ['a colour past the last', '3', { ...ada, colour: PERSON_COLOURS }],
  ['a colour below zero', '3', { ...ada, colour: -1 }],
  ['half a colour', '3', { ...ada, colour: 0.5 }],
  ['no colour', '3', { ...ada, colour: Number.NaN }],
])('leaves out an entry with %s, and keeps the others', (_what, key, entry) => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  const roster: [string, typeof ada][] = [
    [key, entry],
    ['5', { ...ada, id: 5 }],
  ];
  expect(Object.keys(peopleOf(roster, undefined))).toEqual(['5']);
  expect(warn).toHaveBeenCalledOnce();
  warn.mockRestore();
});

it('shows circles by their id, and leaves out one whose id is not its key', () => {
  const roster: [string, { id: number; locked: boolean }][] = [
    ['4', { id: 4, locked: true }],
    ['5', { id: 6, locked: false }],
  ];
  expect(circlesOf(roster)).toEqual({ 4: { id: 4, locked: true } });
});

it('keeps who is as they were, and everything where nobody changed', () => {
  const roster = (name: string): [string, typeof ada][] => [
    ['3', { ...ada }],
    ['9', { ...ada, id: 9, name }],
  ];
  const before = peopleOf(roster('Lin'), 9);
  expect(peopleOf(roster('Lin'), 9, before)).toBe(before);
  const after = peopleOf(roster('Mo'), 9, before);
  expect(after).not.toBe(before);
  expect(after[3]).toBe(before[3]);
  expect(after[9]).toMatchObject({ name: 'Mo', me: true });
  expect(Object.keys(peopleOf(roster('Mo').slice(1), 9, after))).toEqual(['9']);
  const circles = circlesOf([['4', { id: 4, locked: true }]]);
  expect(circlesOf([['4', { id: 4, locked: true }]], circles)).toBe(circles);
  expect(circlesOf([['4', { id: 4, locked: false }]], circles)).toEqual({ 4: { id: 4, locked: false } });
});
