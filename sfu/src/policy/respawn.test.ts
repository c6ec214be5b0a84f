import { expect, it } from 'vitest';
import { afterDeath, STEADY_MS } from './respawn.ts';

/** The pauses after deaths of workers that lived this long each. */
function pausesAfter(...lives: number[]) {
  let state = { quick: 0, pauseMs: 0, hopeless: false };
  return lives.map((livedMs) => {
    state = afterDeath(state, livedMs);
    return state;
  });
}

it('[WR1] starts the next at once after the first death', () => {
  expect(pausesAfter(10)).toEqual([{ quick: 1, pauseMs: 0, hopeless: false }]);
});

it('[WR2] waits longer each time while they die young, up to a quarter of a minute', () => {
  const pauses = pausesAfter(...Array<number>(12).fill(100)).map(({ pauseMs }) => pauseMs);
  expect(pauses.slice(0, 5)).toEqual([0, 250, 500, 1000, 2000]);
  expect(pauses.at(-1)).toBe(15_000);
});

it('[WR2] forgets deaths once one has lived for half a minute', () => {
  expect(pausesAfter(1, 1, 1, STEADY_MS).at(-1)).toEqual({ quick: 1, pauseMs: 0, hopeless: false });
});

it('[WR3] calls five short lives in a row hopeless', () => {
  expect(pausesAfter(1, 1, 1, 1, 1).map(({ hopeless }) => hopeless)).toEqual([
    false,
    false,
    false,
    false,
    true,
  ]);
});
