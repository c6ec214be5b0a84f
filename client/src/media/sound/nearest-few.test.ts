import { expect, it } from 'vitest';
import { createNearestFew } from './nearest-few.ts';

const at = (...metres: (number | undefined)[]) => metres.map((distance, i) => ({ id: i + 1, distance }));
const ids = (few: ReturnType<typeof createNearestFew>) => [1, 2, 3, 4, 5].filter((id) => few.has(id));

it('has the nearest, and those whose place is unknown last', () => {
  const few = createNearestFew(2);
  few.choose(at(5, 3, undefined, 4), 0);
  expect(ids(few)).toEqual([2, 4]);
  expect(createNearestFew(2).has(1)).toBe(false);
});

it('does not flap between two who walk side by side', () => {
  const few = createNearestFew(1);
  let changes = 0;
  let last = ids(few).join();
  for (let turn = 0; turn < 100; turn++) {
    const sway = 0.45 * Math.sin(turn);
    few.choose(at(4 + sway, 4 - sway), turn * 600);
    if (ids(few).join() !== last) changes += 1;
    last = ids(few).join();
  }
  expect(changes).toBe(1);
});

it('follows those who come well past, and looks twice a second at most', () => {
  const few = createNearestFew(1);
  few.choose(at(4, 5), 0);
  few.choose(at(4, 2), 499);
  expect(ids(few)).toEqual([1]);
  few.choose(at(4, 2), 500);
  expect(ids(few)).toEqual([2]);
  few.choose(at(2.9, undefined), 1000);
  expect(ids(few)).toEqual([1]);
});

it('fills a place that came free', () => {
  const few = createNearestFew(2);
  few.choose(at(1, 2, 3), 0);
  few.choose([{ id: 3, distance: 9 }], 500);
  expect(ids(few)).toEqual([3]);
});
