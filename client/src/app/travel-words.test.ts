import { ProblemError } from '@chatmux/schema';
import { expect, it } from 'vitest';
import { copyNotice, stayedNotice } from './travel-words.ts';

it.each([
  [{ copy: 1, overflow: false, asked: undefined }, undefined],
  [{ copy: 2, overflow: false, asked: 2 }, undefined],
  [{ copy: 2, overflow: true, asked: undefined }, 'Old Square is full, so you are in copy 2 of it.'],
  [{ copy: 2, overflow: true, asked: 1 }, 'Copy 1 of Old Square is full, so you are in copy 2.'],
  [{ copy: 1, overflow: true, asked: 2 }, 'Copy 2 of Old Square is full, so you are in copy 1.'],
  [{ copy: 1, overflow: false, asked: 3 }, 'Copy 3 of Old Square is closed, so you are in copy 1.'],
])('says of %j: %s', (came, words) => expect(copyNotice({ name: 'Old Square', ...came })).toBe(words));

it('says why the way is closed', () => {
  expect(stayedNotice(new ProblemError('world-full', 'x'), 'Gull Beach')).toMatch(/^Gull Beach is full/);
  expect(stayedNotice(new ProblemError('not-found', 'x'), '')).toBe('There is no such world.');
  expect(stayedNotice(new ProblemError('not-yours', 'You are banned from it.'), 'Gull Beach')).toBe(
    'You are banned from it.',
  );
  expect(stayedNotice(new TypeError('x'), 'Gull Beach')).toMatch(/couldn't get to Gull Beach/);
  expect(stayedNotice(new TypeError('x'), '')).toMatch(/the other world/);
});
