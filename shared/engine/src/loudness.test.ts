import { describe, expect, it } from 'vitest';
import { EDGE_METRES, FLAT_METRES, HALF_METRES, loudnessAt } from './loudness.ts';

describe('loudness', () => {
  it('is full up to 3 m, half at 8 m, nothing from 16 m', () => {
    expect(loudnessAt(0)).toBe(1);
    expect(loudnessAt(FLAT_METRES)).toBe(1);
    expect(loudnessAt(HALF_METRES)).toBe(0.5);
    expect(loudnessAt(EDGE_METRES)).toBe(0);
    expect(loudnessAt(1000)).toBe(0);
  });
  it('never rises with distance, and has no corner', () => {
    const h = 0.001;
    let slope = 0;
    for (let d = 0; d < 20; d += h) {
      const next = (loudnessAt(d + h) - loudnessAt(d)) / h;
      expect(next).toBeLessThanOrEqual(1e-9);
      expect(Math.abs(next - slope)).toBeLessThan(0.001);
      slope = next;
    }
  });
  it('is silence where the distance is not known', () => expect(loudnessAt(Number.NaN)).toBe(0));
});
