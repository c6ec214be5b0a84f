import { ProblemError, type Signal } from '@chatmux/schema';
import { describe, expect, it } from 'vitest';
import { SignalLimits } from './signal-limits.ts';

const to = (id: number, part: Pick<Signal, 'description' | 'candidate'>): Signal => ({
  to: id,
  epoch: 1,
  connection: 1,
  ...part,
});
const offer = (length: number) => ({
  description: { type: 'offer' as const, sdp: 'x'.repeat(length), offer: 1 },
});
const candidate = { candidate: { candidate: 'x'.repeat(100) } };

/** How many of so many pass, all at one time. */
function passing(limits: SignalLimits, count: number, signal: (i: number) => Signal, nowMs = 0): number {
  let passed = 0;
  for (let i = 0; i < count; i++)
    try {
      limits.check(1, signal(i), nowMs);
      passed += 1;
    } catch (error) {
      expect(error).toBeInstanceOf(ProblemError);
      expect(error).toMatchObject({ code: 'too-many' });
    }
  return passed;
}

describe('signals of one person', () => {
  it('pass when they meet a crowd: fifteen connections at once, with all their ways', () => {
    const limits = new SignalLimits();
    for (let other = 2; other <= 16; other++) {
      expect(passing(limits, 2, () => to(other, offer(8000)))).toBe(2);
      expect(passing(limits, 40, () => to(other, candidate))).toBe(40);
    }
  });

  it('are limited in what they weigh, to all others together', () => {
    const limits = new SignalLimits();
    const weight = (count: number) => passing(limits, count, (i) => to(2 + i, offer(48_000))) * 48_000;
    expect(weight(100)).toBeLessThanOrEqual(600_000);
    expect(passing(limits, 1, () => to(200, offer(48_000)))).toBe(0);
    expect(passing(limits, 1, () => to(201, offer(48_000)), 3000)).toBe(1);
  });

  it('are limited to one other, whatever is sent to the rest', () => {
    const limits = new SignalLimits();
    expect(passing(limits, 500, () => to(2, offer(10)))).toBe(20);
    expect(passing(limits, 500, () => to(2, candidate))).toBe(120);
    expect(passing(limits, 1, () => to(3, offer(10)))).toBe(1);
    expect(passing(limits, 10, () => to(2, offer(10)), 5000)).toBe(5);
  });

  it('are forgotten with those who don’t signal each other any more', () => {
    const limits = new SignalLimits();
    passing(limits, 20, () => to(2, offer(10)));
    passing(limits, 20, () => to(3, offer(10)));
    limits.keep((from, other) => from === 1 && other === 3);
    expect(passing(limits, 1, () => to(2, offer(10)))).toBe(1);
    expect(passing(limits, 1, () => to(3, offer(10)))).toBe(0);
  });
});
