import { expect, it } from 'vitest';
import { inOnePass } from './one-pass.ts';
import type { Action } from './reconcile-plan.ts';

const open = (id: number): Action => ({ do: 'open', session: `${id}`, producerId: 'one', layer: 1 });
const close = (id: number): Action => ({ do: 'close', session: `${id}`, consumerId: 'one' });

it('[RP20] spreads openings over passes, and nothing else', () => {
  const closings = Array.from({ length: 20 }, (_, id) => close(id));
  const openings = Array.from({ length: 10 }, (_, id) => open(id));
  const actions = [...closings, ...openings];
  expect(inOnePass(actions, 4)).toEqual({ now: [...closings, ...openings.slice(0, 4)], more: true });
  expect(inOnePass(actions, 10)).toEqual({ now: actions, more: false });
  expect(inOnePass([], 4)).toEqual({ now: [], more: false });
});
