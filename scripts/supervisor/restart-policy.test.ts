import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NEVER_DIED, nextRestart } from './restart-policy.ts';

function delaysOf(lives: readonly number[]): number[] {
  let state = NEVER_DIED;
  return lives.map((aliveMs) => {
    const next = nextRestart(state, aliveMs);
    state = next.state;
    return next.delayMs;
  });
}

describe('nextRestart', () => {
  it('mends a first death within 300 ms', () => {
    expect(delaysOf([5])[0]).toBeLessThanOrEqual(300);
    expect(delaysOf([3_600_000])[0]).toBeLessThanOrEqual(300);
  });

  it('doubles the pause for one that keeps dying, up to 10 s', () => {
    expect(delaysOf(Array(10).fill(50))).toEqual([
      100, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000, 10_000,
    ]);
  });

  it('is quick again after 30 s of life, and not a moment before', () => {
    expect(delaysOf([50, 50, 50, 29_999]).at(-1)).toBe(800);
    expect(delaysOf([50, 50, 50, 30_000]).at(-1)).toBe(100);
  });

  it('never waits longer than 10 s and never less than the first pause', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100_000), { maxLength: 2000 }), (lives) => {
        for (const delay of delaysOf(lives)) expect(delay >= 100 && delay <= 10_000).toBe(true);
      }),
    );
  });
});
