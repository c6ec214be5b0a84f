import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createIceCare, DISCONNECTED_MS, RESTART_MS } from './ice-care.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp(restart: () => Promise<void> = async () => undefined) {
  const seen: string[] = [];
  const care = createIceCare(
    () => {
      seen.push('restart');
      return restart();
    },
    () => seen.push('lost'),
  );
  return { care, seen };
}

it('waits a little before it restarts a disconnected one, and not at all when it came back', () => {
  const { care, seen } = setUp();
  care.observe('disconnected');
  vi.advanceTimersByTime(DISCONNECTED_MS - 1);
  care.observe('connected');
  vi.advanceTimersByTime(60_000);
  expect(seen).toEqual([]);
  care.observe('disconnected');
  vi.advanceTimersByTime(DISCONNECTED_MS);
  expect(seen).toEqual(['restart']);
});

it('restarts a failed one at once, and once', () => {
  const { care, seen } = setUp();
  care.observe('disconnected');
  care.observe('failed');
  care.observe('connecting');
  care.observe('failed');
  vi.advanceTimersByTime(RESTART_MS - 1);
  expect(seen).toEqual(['restart']);
});

it('gives up a restart that did not connect, and says it once', () => {
  const { care, seen } = setUp();
  care.observe('failed');
  vi.advanceTimersByTime(RESTART_MS);
  care.observe('failed');
  vi.advanceTimersByTime(60_000);
  expect(seen).toEqual(['restart', 'lost']);
});

it('restarts again after one that helped', () => {
  const { care, seen } = setUp();
  care.observe('failed');
  care.observe('connected');
  vi.advanceTimersByTime(60_000);
  care.observe('failed');
  expect(seen).toEqual(['restart', 'restart']);
});

it('gives up when the restart could not even be asked for', async () => {
  const { care, seen } = setUp(() => Promise.reject(new Error('media-down')));
  care.observe('failed');
  await vi.advanceTimersByTimeAsync(0);
  expect(seen).toEqual(['restart', 'lost']);
});

it('does nothing after it was closed', () => {
  const { care, seen } = setUp();
  care.observe('disconnected');
  care.close();
  care.observe('failed');
  vi.advanceTimersByTime(60_000);
  expect(seen).toEqual([]);
});
