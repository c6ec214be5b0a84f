import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { coalesce } from './coalesce.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('joins a burst into one run, and what comes during a run into one more', async () => {
  let runs = 0;
  let release: () => void = () => undefined;
  const coalesced = coalesce(() => {
    runs += 1;
    return new Promise((resolve) => {
      release = resolve;
    });
  }, 10);
  coalesced.request();
  coalesced.request();
  await vi.advanceTimersByTimeAsync(0);
  expect(runs).toBe(1);
  coalesced.request();
  coalesced.request();
  await vi.advanceTimersByTimeAsync(100);
  expect(runs).toBe(1);
  release();
  await vi.advanceTimersByTimeAsync(9);
  expect(runs).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(runs).toBe(2);
});

it('starts nothing after stop', async () => {
  let runs = 0;
  const coalesced = coalesce(async () => {
    runs += 1;
  }, 10);
  coalesced.request();
  coalesced.stop();
  await vi.advanceTimersByTimeAsync(100);
  expect(runs).toBe(0);
});
