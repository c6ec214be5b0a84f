import { loudnessAt, loudnessOf } from '@chatmux/engine';
import { describe, expect, it } from 'vitest';
import { type Heard, hear } from './hearing.ts';

const heard = (): Heard => ({ distance: 0, gain: 0, x: 0, z: 0 });
const at = (listener: { x: number; z: number; yaw: number }, voice: { x: number; z: number }) =>
  hear(heard(), listener, voice);

describe('loudness', () => {
  it.each([0, 1, 3, 5, 8, 12, 15.9, 16, 40])(
    'follows the curve at %d m, whatever the direction',
    (metres) => {
      for (const angle of [0, 1, 2.5, -2]) {
        const voice = { x: 7 + Math.sin(angle) * metres, z: -3 + Math.cos(angle) * metres };
        const { gain, distance } = at({ x: 7, z: -3, yaw: 0.7 }, voice);
        expect(distance).toBeCloseTo(metres, 9);
        expect(gain).toBeCloseTo(loudnessAt(metres), 9);
      }
    },
  );
});

it('carries as the plan says: a short way in a quiet corner, and whole, however far', () => {
  const gain = (metres: number, carry: 'quiet' | 'whole') =>
    hear(heard(), { x: 0, z: 0, yaw: 0 }, { x: metres, z: 0 }, carry).gain;
  for (const metres of [0.5, 2, 4]) expect(gain(metres, 'quiet')).toBe(loudnessOf(metres, 'quiet'));
  expect(gain(4.9, 'quiet')).toBeGreaterThan(0);
  expect(gain(5, 'quiet')).toBe(0);
  expect(gain(40, 'whole')).toBe(1);
});

describe('direction', () => {
  const listener = { x: 2, z: 2, yaw: 0 };
  it('has what stands ahead in front, what stands behind at the back', () => {
    expect(at(listener, { x: 2, z: 7 })).toMatchObject({ x: expect.closeTo(0), z: expect.closeTo(-1) });
    expect(at(listener, { x: 2, z: -7 })).toMatchObject({ x: expect.closeTo(0), z: expect.closeTo(1) });
  });

  it('hears +x on the left while facing +z, since y is up', () => {
    expect(at(listener, { x: 7, z: 2 }).x).toBeCloseTo(-1);
    expect(at(listener, { x: -7, z: 2 }).x).toBeCloseTo(1);
  });

  it('turns with the listener', () => {
    // Facing +x, what stands at +z is on the right.
    expect(at({ ...listener, yaw: Math.PI / 2 }, { x: 2, z: 9 }).x).toBeCloseTo(1);
    expect(at({ ...listener, yaw: Math.PI }, { x: 7, z: 2 }).x).toBeCloseTo(1);
  });

  it('stays a unit vector, and moves to the middle within a metre', () => {
    const sides = [2, 1, 0.5, 0.1, 0].map((metres) => at(listener, { x: 2 - metres, z: 2 }));
    expect(sides.map(({ x }) => +x.toFixed(3))).toEqual([1, 1, 0.5, 0.1, 0]);
    for (const { x, z } of sides) expect(Math.hypot(x, z)).toBeCloseTo(1);
  });
});
