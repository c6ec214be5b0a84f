import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Pace } from './pace.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('lets a burst through at once and the rest in order, at its rate', () => {
  const pace = new Pace({ burst: 10, perSecond: 40 });
  const ran: { index: number; ms: number }[] = [];
  const start = performance.now();
  for (let index = 0; index < 100; index++)
    pace.add(
      () => ran.push({ index, ms: performance.now() - start }),
      () => expect.unreachable(),
    );
  expect(ran).toHaveLength(10);
  vi.advanceTimersByTime(1000);
  expect(ran.length).toBeGreaterThanOrEqual(48);
  expect(ran.length).toBeLessThanOrEqual(50);
  vi.advanceTimersByTime(1500);
  expect(ran.map(({ index }) => index)).toEqual(Array.from({ length: 100 }, (_, index) => index));
  expect(vi.getTimerCount()).toBe(0);
});

it('never passes something before what waits already', () => {
  const pace = new Pace({ burst: 1, perSecond: 10 });
  const ran: string[] = [];
  const add = (name: string) => pace.add(() => void ran.push(name), vi.fn());
  add('a');
  add('b');
  vi.advanceTimersByTime(150);
  add('c');
  vi.advanceTimersByTime(500);
  expect(ran).toEqual(['a', 'b', 'c']);
});

it('tells what is dropped: what waits when it is cleared, and what comes when far too much waits', () => {
  const pace = new Pace({ burst: 1, perSecond: 1 });
  const dropped = vi.fn();
  for (let i = 0; i < 2002; i++) pace.add(vi.fn(), dropped);
  expect(dropped).toHaveBeenCalledTimes(1);
  pace.clear();
  expect(dropped).toHaveBeenCalledTimes(2001);
  expect(vi.getTimerCount()).toBe(0);
});
