import { expect, it } from 'vitest';
import { FULL_VIEW } from '../media/index.ts';
import { LESS_AFTER_MS, ViewKeeper } from './view-keeper.ts';

const small = { cam: 1, screen: 1 } as const;
const middle = { cam: 2, screen: 1 } as const;

it('[VW4] asks for less only after it was enough for a while', () => {
  const keeper = new ViewKeeper();
  const at = (ms: number, view: typeof small | typeof middle) => keeper.look(new Map([[4, view]]), ms).get(4);
  expect(at(0, small)).toEqual(FULL_VIEW);
  expect(at(LESS_AFTER_MS - 1, small)).toEqual(FULL_VIEW);
  expect(at(LESS_AFTER_MS, small)).toEqual(small);
});

it('[VW4] asks for more at once, and begins to wait anew', () => {
  const keeper = new ViewKeeper();
  const at = (ms: number, view: typeof small | typeof middle) => keeper.look(new Map([[4, view]]), ms).get(4);
  at(0, small);
  at(LESS_AFTER_MS, small);
  expect(at(LESS_AFTER_MS + 500, middle)).toEqual(middle);
  expect(at(LESS_AFTER_MS + 1000, small)).toEqual(middle);
  expect(at(2 * LESS_AFTER_MS + 999, small)).toEqual(middle);
  expect(at(2 * LESS_AFTER_MS + 1000, small)).toEqual(small);
});

it('[VW4] forgets who is no longer in the plan: they come back whole', () => {
  const keeper = new ViewKeeper();
  keeper.look(new Map([[4, small]]), 0);
  expect(keeper.look(new Map([[4, small]]), LESS_AFTER_MS).get(4)).toEqual(small);
  expect(keeper.look(new Map(), LESS_AFTER_MS + 1).size).toBe(0);
  expect(keeper.look(new Map([[4, small]]), LESS_AFTER_MS + 2).get(4)).toEqual(FULL_VIEW);
});
