import { expect, it } from 'vitest';
import { SingleUse } from './single-use.ts';

it('gives each thing once, and none that is over', () => {
  const things = new SingleUse<string>(30_000);
  const [one, two] = [things.begin('one', 0), things.begin('two', 1)];
  expect(one).toMatch(/^[A-Za-z0-9_-]{22}$/);
  expect([things.take(one, 29_999), things.take(one, 29_999)]).toEqual(['one', undefined]);
  expect(things.take(two, 30_001)).toBeUndefined();
  expect(things.take('never', 0)).toBeUndefined();
});

it('keeps so many and no more: the oldest gives way', () => {
  const things = new SingleUse<number>(30_000);
  const names = Array.from({ length: 10_001 }, (_, nth) => things.begin(nth, 0));
  expect(things.take(names[0] ?? '', 1)).toBeUndefined();
  expect(things.take(names[1] ?? '', 1)).toBe(1);
});
