import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Idle } from './idle.ts';

const MINUTE = 60_000;
let page: EventTarget & { document: EventTarget & { visibilityState: string } };
let said: boolean[];
let idle: Idle;

beforeEach(() => {
  vi.useFakeTimers();
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  page = Object.assign(new EventTarget(), { document });
  said = [];
  idle = new Idle(() => said.push(idle.isAway), page as unknown as Window);
});
afterEach(() => vi.useRealTimers());

it('is away after five minutes without a touch, and back with the first', () => {
  vi.advanceTimersByTime(4 * MINUTE);
  page.dispatchEvent(new Event('keydown'));
  vi.advanceTimersByTime(4.9 * MINUTE);
  expect(said).toEqual([]);
  vi.advanceTimersByTime(MINUTE);
  expect(said).toEqual([true]);
  page.dispatchEvent(new Event('pointermove'));
  expect(said).toEqual([true, false]);
});

it('is away where the page is hidden so long, and back when it is looked at', () => {
  page.document.visibilityState = 'hidden';
  page.document.dispatchEvent(new Event('visibilitychange'));
  page.dispatchEvent(new Event('keydown'));
  vi.advanceTimersByTime(6 * MINUTE);
  expect(said).toEqual([true]);
  page.document.visibilityState = 'visible';
  page.document.dispatchEvent(new Event('visibilitychange'));
  expect(said).toEqual([true, false]);
});
