import { describe, expect, it } from 'vitest';
import { meterOf, rmsOf } from './level.ts';

describe('levels', () => {
  it('are the root of the mean square', () => {
    expect(rmsOf(new Float32Array(0))).toBe(0);
    expect(rmsOf(Float32Array.from([0.5, -0.5, 0.5, -0.5]))).toBeCloseTo(0.5);
  });
  it('show on a meter in even steps of dB from −60 dB on', () => {
    expect([0, 0.001, 1, 4, Number.NaN].map(meterOf)).toEqual([0, 0, 1, 1, 0]);
    expect(meterOf(10 ** (-30 / 20))).toBeCloseTo(0.5);
  });
});
