import { expect, it } from 'vitest';
import { neededPipes } from './needed-pipes.ts';

it('[PN1] needs each producer once a router', () => {
  const needs = neededPipes([
    { router: 0, producerId: 'a', playing: true },
    { router: 0, producerId: 'a', playing: true },
    { router: 1, producerId: 'a', playing: true },
  ]);
  expect(needs).toEqual(
    new Map([
      [0, new Map([['a', 'playing']])],
      [1, new Map([['a', 'playing']])],
    ]),
  );
});

it('[PN2] needs nothing nobody has a consumer of', () => {
  expect(neededPipes([]).get(0)?.get('a')).toBeUndefined();
});

it.each([
  [[false, true], 'playing'],
  [[true, false], 'playing'],
  [[false, false], 'resting'],
])('[PN3] with consumers that play %o it is %s', (consumers, need) => {
  const needs = neededPipes(consumers.map((playing) => ({ router: 1, producerId: 'a', playing })));
  expect(needs.get(1)?.get('a')).toBe(need);
});
