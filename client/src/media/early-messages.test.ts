import type { SignalReceived } from '@chatmux/schema';
import { expect, it } from 'vitest';
import { EarlyMessages } from './early-messages.ts';

const signal = (from: number): { signal: SignalReceived } => ({ signal: { from, epoch: 1, connection: 1 } });

it('gives what waited for an epoch in its order, and forgets what is over', () => {
  const early = new EarlyMessages();
  early.keep(2, signal(1));
  early.keep(3, signal(2));
  early.keep(3, signal(3));
  early.keep(4, signal(4));
  expect(early.take(3)).toEqual([signal(2), signal(3)]);
  expect(early.take(2)).toEqual([]);
  expect(early.take(4)).toEqual([signal(4)]);
});

it('keeps no more than a stranger could make it', () => {
  const early = new EarlyMessages();
  for (let nth = 0; nth < 1000; nth++) early.keep(2, signal(nth));
  const kept = early.take(2);
  expect(kept).toHaveLength(200);
  expect(kept.at(-1)).toEqual(signal(999));
});
