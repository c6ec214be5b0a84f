import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { OwnSpeaking } from './own-speaking.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp() {
  const told: boolean[] = [];
  return { told, speaking: new OwnSpeaking((on) => told.push(on)) };
}

it('tells changes at once, and only changes', () => {
  const { told, speaking } = setUp();
  speaking.update(false);
  speaking.update(true);
  speaking.update(true);
  expect(told).toEqual([true]);
  vi.advanceTimersByTime(250);
  speaking.update(false);
  expect(told).toEqual([true, false]);
});

it('tells at most four times a second, and in the end the truth', () => {
  const { told, speaking } = setUp();
  for (let i = 0; i < 100; i++) {
    speaking.update(i % 2 === 0);
    vi.advanceTimersByTime(10);
  }
  vi.advanceTimersByTime(1000);
  expect(told.length).toBeLessThanOrEqual(5);
  expect(told.at(-1)).toBe(false);
  expect(vi.getTimerCount()).toBe(0);
});

it('leaves out what came and went within the gap', () => {
  const { told, speaking } = setUp();
  speaking.update(true);
  speaking.update(false);
  speaking.update(true);
  vi.advanceTimersByTime(1000);
  expect(told).toEqual([true]);
});

it('tells again on a new seat, where we are silent until we say otherwise', () => {
  const { told, speaking } = setUp();
  speaking.update(true);
  speaking.startAnew();
  expect(told).toEqual([true, true]);
  vi.advanceTimersByTime(250);
  speaking.update(false);
  speaking.startAnew();
  expect(told).toEqual([true, true, false]);
  speaking.stop();
  expect(vi.getTimerCount()).toBe(0);
});
