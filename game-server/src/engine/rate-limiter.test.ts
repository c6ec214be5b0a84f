import { expect, it } from 'vitest';
import { RateLimiter } from './rate-limiter.ts';

it('lets through a burst, then the rate, for each address by itself', () => {
  const limiter = new RateLimiter({ burst: 3, perSecond: 2 });
  const take = (address: string, nowMs: number) => limiter.take(address, nowMs);
  expect([0, 0, 0, 0].map((now) => take('a', now))).toEqual([true, true, true, false]);
  expect(take('b', 0)).toBe(true);
  expect([499, 500, 501].map((now) => take('a', now))).toEqual([false, true, false]);
  expect([9000, 9000, 9000, 9000].map((now) => take('a', now))).toEqual([true, true, true, false]);
});

it('forgets an address when its bucket is full again, and not before', () => {
  const limiter = new RateLimiter({ burst: 2, perSecond: 1 });
  limiter.take('a', 0);
  limiter.take('b', 1500);
  limiter.take('c', 1999);
  expect(limiter.size).toBe(3);
  limiter.take('c', 2000);
  expect(limiter.size).toBe(2);
});

it('holds a bounded number of addresses', () => {
  const limiter = new RateLimiter({ burst: 60, perSecond: 2 });
  for (let address = 0; address < 50_000; address++) limiter.take(`${address}`, 0);
  expect(limiter.size).toBe(20_000);
});
