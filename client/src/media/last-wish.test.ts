import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { backoffMs, createLastWish } from './last-wish.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A task that ends only when told to, so that the order can be seen. */
function gatedTask() {
  const began: number[] = [];
  const gates: (() => void)[] = [];
  const task = (value: number) => {
    began.push(value);
    return new Promise<void>((resolve) => gates.push(resolve));
  };
  return { began, task, release: () => gates.shift()?.() };
}

it('runs one at a time, skips the middle and ends with the last', async () => {
  const { began, task, release } = gatedTask();
  const runner = createLastWish(task, () => undefined);
  runner.wish(1);
  runner.wish(2);
  runner.wish(3);
  expect(began).toEqual([1]);
  release();
  await vi.waitFor(() => expect(began).toEqual([1, 3]));
  release();
  await runner.idle();
  expect(began).toEqual([1, 3]);
});

it('tells a task that a newer wish waits', async () => {
  const seen: boolean[] = [];
  const gate = Promise.withResolvers<void>();
  const runner = createLastWish<number>(
    async (_, isLast) => {
      seen.push(isLast());
      await gate.promise;
      seen.push(isLast());
    },
    () => undefined,
  );
  runner.wish(1);
  runner.wish(2);
  gate.resolve();
  await runner.idle();
  expect(seen).toEqual([true, false, true, true]);
});

it('tries a failed wish again after the wait it is given', async () => {
  let left = 2;
  const waits: number[] = [];
  const runner = createLastWish<string>(
    async () => {
      if (left-- > 0) throw new Error('not yet');
    },
    (_, failures) => {
      waits.push(failures);
      return 100;
    },
  );
  runner.wish('once');
  await vi.advanceTimersByTimeAsync(99);
  expect(waits).toEqual([1]);
  await vi.advanceTimersByTimeAsync(200);
  expect(waits).toEqual([1, 2]);
  expect(left).toBe(-1);
});

it('lets a new wish go before a retry', async () => {
  const tried: string[] = [];
  const runner = createLastWish<string>(
    async (value) => {
      tried.push(value);
      if (value === 'bad') throw new Error('no');
    },
    () => 1000,
  );
  runner.wish('bad');
  await vi.advanceTimersByTimeAsync(10);
  runner.wish('good');
  await vi.advanceTimersByTimeAsync(5000);
  expect(tried).toEqual(['bad', 'good']);
});

it('begins nothing after it was closed', async () => {
  const tried: number[] = [];
  const runner = createLastWish<number>(
    async (value) => {
      tried.push(value);
      throw new Error('no');
    },
    () => 100,
  );
  runner.wish(1);
  await vi.advanceTimersByTimeAsync(10);
  runner.close();
  runner.wish(2);
  await vi.advanceTimersByTimeAsync(1000);
  expect(tried).toEqual([1]);
  await runner.idle();
});

it('waits longer with each failure, up to five seconds', () => {
  expect([0, 1, 2, 3, 4, 5, 20].map(backoffMs)).toEqual([0, 500, 1000, 2000, 4000, 5000, 5000]);
});
