import type { SignalReceived } from '@chatmux/schema';
import { describe, expect, it } from 'vitest';
import { isHello, judgeSignal } from './signal-numbers.ts';

const from = { from: 2, epoch: 1 };
const hello = (connection: number): SignalReceived => ({ ...from, connection });
const offer = (connection: number, peerConnection?: number): SignalReceived => ({
  ...from,
  connection,
  ...(peerConnection === undefined ? {} : { peerConnection }),
  description: { type: 'offer', sdp: '', offer: 1 },
});
const answer = (connection: number, peerConnection: number): SignalReceived => ({
  ...from,
  connection,
  peerConnection,
  description: { type: 'answer', sdp: '', offer: 1 },
});
const candidate = (connection: number): SignalReceived => ({
  ...from,
  connection,
  candidate: { candidate: 'c' },
});

const fresh = { own: 10, theirs: undefined, bound: false };
const heardOf = { own: 10, theirs: 20, bound: false };
const bound = { own: 10, theirs: 20, bound: true };

describe('judgeSignal', () => {
  it('[DN1] drops what names another connection of ours', () => {
    for (const numbers of [fresh, heardOf, bound]) {
      expect(judgeSignal(numbers, offer(20, 9))).toBe('drop');
      expect(judgeSignal(numbers, answer(20, 9))).toBe('drop');
    }
  });

  it('[DN2] takes everything under the number we know', () => {
    for (const numbers of [heardOf, bound])
      for (const signal of [hello(20), offer(20), offer(20, 10), answer(20, 10), candidate(20)])
        expect(judgeSignal(numbers, signal)).toBe('take');
  });

  it('[DN3] lets no late candidate or answer introduce a number', () => {
    for (const numbers of [fresh, heardOf, bound]) expect(judgeSignal(numbers, candidate(21))).toBe('drop');
    expect(judgeSignal(bound, answer(21, 10))).toBe('drop');
  });

  it('[DN4] follows a new number while nothing was applied', () => {
    for (const numbers of [fresh, heardOf])
      for (const signal of [hello(21), offer(21), answer(21, 10)])
        expect(judgeSignal(numbers, signal)).toBe('take');
  });

  it('[DN5] begins anew when they did', () => {
    expect(judgeSignal(bound, offer(21))).toBe('replace');
    expect(judgeSignal(bound, hello(21))).toBe('replace');
  });

  it('knows a hello', () => {
    expect([hello(1), offer(1), candidate(1)].map(isHello)).toEqual([true, false, false]);
  });
});
