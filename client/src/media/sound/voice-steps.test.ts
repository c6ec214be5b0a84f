import { describe, expect, it } from 'vitest';
import { gainStep, panOf, panStep } from './voice-steps.ts';

const decibels = (db: number) => 10 ** (db / 20);

describe('steps of loudness', () => {
  it('leave out what nobody hears, set what is small, ease what would click', () => {
    expect(gainStep(0.5, 0.5)).toBe('none');
    expect(gainStep(0.5, 0.5 * decibels(0.08))).toBe('none');
    expect(gainStep(0.5, 0.5 * decibels(0.2))).toBe('set');
    expect(gainStep(0.5, 0.5 * decibels(-0.2))).toBe('set');
    expect(gainStep(0.5, 0.5 * decibels(0.5))).toBe('ease');
  });

  it('always arrive at silence, and leave it, softly', () => {
    expect(gainStep(0.00001, 0)).toBe('ease');
    expect(gainStep(0, 0.00001)).toBe('ease');
    expect(gainStep(0, 0)).toBe('none');
  });

  it('never end further off than 0.1 dB, however slowly the goal moves', () => {
    let shown = 1;
    for (let goal = 1; goal > 0.1; goal *= 0.9995) {
      if (gainStep(shown, goal) !== 'none') shown = goal;
      expect(Math.abs(20 * Math.log10(shown / goal))).toBeLessThan(0.1);
    }
  });
});

it('steps of direction grow in the same way', () => {
  expect(panStep(0.2, 0.203)).toBe('none');
  expect(panStep(0.2, 0.18)).toBe('set');
  expect(panStep(0.9, -0.9)).toBe('ease');
});

it('pans a direction as equal power does: by its angle', () => {
  expect(panOf(0)).toBe(0);
  expect(panOf(1)).toBeCloseTo(1);
  expect(panOf(-1)).toBeCloseTo(-1);
  expect(panOf(Math.SQRT1_2)).toBeCloseTo(0.5);
  expect(panOf(1.0000001)).toBe(1);
});
