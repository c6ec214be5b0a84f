import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startPatience } from './patience.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('is over after its time, once', async () => {
  const over = vi.fn();
  startPatience(4000, over);
  await vi.advanceTimersByTimeAsync(3999);
  expect(over).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(over).toHaveBeenCalledOnce();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(over).toHaveBeenCalledOnce();
  expect(vi.getTimerCount()).toBe(0);
});

it('is never over once ended', async () => {
  const over = vi.fn();
  const end = startPatience(1000, over);
  await vi.advanceTimersByTimeAsync(900);
  end();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(over).not.toHaveBeenCalled();
});

it('counts a second of the time in which the page did nothing', async () => {
  const over = vi.fn();
  startPatience(4000, over);
  await vi.advanceTimersByTimeAsync(500);
  // The clock goes on while no timer comes.
  const now = performance.now.bind(performance);
  vi.spyOn(performance, 'now').mockImplementation(() => now() + 60_000);
  await vi.advanceTimersByTimeAsync(2500);
  expect(over).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(500);
  expect(over).toHaveBeenCalledOnce();
  vi.restoreAllMocks();
});
