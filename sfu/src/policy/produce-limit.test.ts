import { expect, it } from 'vitest';
import { ProduceLimit } from './produce-limit.ts';

it('lets five through at once, then one a second', () => {
  const limit = new ProduceLimit();
  const take = (nowMs: number, times: number) => Array.from({ length: times }, () => limit.take(nowMs));
  expect(take(0, 7)).toEqual([true, true, true, true, true, false, false]);
  expect(limit.take(999)).toBe(false);
  expect(take(1000, 2)).toEqual([true, false]);
  expect(take(60_000, 6).filter(Boolean)).toHaveLength(5);
});
