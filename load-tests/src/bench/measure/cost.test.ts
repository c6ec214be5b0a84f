import { describe, expect, it } from 'vitest';
import { addCost, rateOf, shareOf, tellingShare } from './cost.ts';

const inputOnly = { cpuMs: 100, wallMs: 1000, ticks: 20 };

describe('cost of telling poses', () => {
  it('is what an arm uses over inputs alone', () => {
    const arm = { cpuMs: 600, wallMs: 2000, ticks: 40 };
    expect(tellingShare(arm, inputOnly)).toBeCloseTo(0.2, 9);
    expect(tellingShare(inputOnly, inputOnly)).toBe(0);
  });

  it('charges an arm for the ticks it still owes', () => {
    const slow = { cpuMs: 900, wallMs: 1000, ticks: 10 };
    expect(tellingShare(slow, inputOnly)).toBeCloseTo(1.6, 9);
  });

  it('takes several times together', () => {
    const twice = addCost(addCost(undefined, inputOnly), { cpuMs: 300, wallMs: 1000, ticks: 10 });
    expect(twice).toEqual({ cpuMs: 400, wallMs: 2000, ticks: 30 });
    expect(shareOf(twice)).toBeCloseTo(0.2, 9);
    expect(rateOf(twice)).toBeCloseTo(15, 9);
  });

  it('is no number where nothing was measured', () => {
    expect(tellingShare(undefined, inputOnly)).toBeNaN();
  });
});
