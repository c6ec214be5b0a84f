import { expect, it } from 'vitest';
import { SessionLimits } from './session-limits.ts';

it('lets five through at once, then one a second', () => {
  const limit = new SessionLimits();
  const take = (nowMs: number, times: number) =>
    Array.from({ length: times }, () => limit.take('cam', nowMs));
  expect(take(0, 7)).toEqual([true, true, true, true, true, false, false]);
  expect(limit.take('cam', 999)).toBe(false);
  expect(take(1000, 2)).toEqual([true, false]);
  expect(take(60_000, 6).filter(Boolean)).toHaveLength(5);
});

it('counts each for itself', () => {
  const limit = new SessionLimits();
  for (let nth = 0; nth < 5; nth++) limit.take('join', 0);
  expect(limit.take('join', 0)).toBe(false);
  expect(limit.take('send transport', 0)).toBe(true);
  expect(limit.take('mic', 0)).toBe(true);
});
