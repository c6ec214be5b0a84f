import { describe, expect, it } from 'vitest';
import { cornerOf, DIRECTIONS, outlineOf, type Place, reachFor } from './circle-outline.ts';

/** Twice the signed area at each corner; all of one sign for a convex outline. */
function turns(corners: readonly Place[]): number[] {
  return corners.map((b, i) => {
    const a = corners.at(i - 1) ?? b;
    const c = corners[(i + 1) % corners.length] ?? b;
    return (b.x - a.x) * (c.z - b.z) - (b.z - a.z) * (c.x - b.x);
  });
}
const away = (a: Place, b: Place) => Math.hypot(a.x - b.x, a.z - b.z);

describe('outlineOf', () => {
  it('is round about one place', () => {
    const corners = outlineOf([{ x: 400, z: -300 }], 1);
    for (const corner of corners) expect(away(corner, { x: 400, z: -300 })).toBeCloseTo(1, 2);
  });

  it('holds everyone with the margin around them, and is no larger than it must be', () => {
    const places = [
      { x: 0, z: 0 },
      { x: 4, z: 0 },
      { x: 4, z: 3 },
      { x: 2, z: 1 },
    ];
    const corners = outlineOf(places, 0.9);
    expect(Math.min(...turns(corners))).toBeGreaterThan(-1e-9);
    const xs = corners.map(({ x }) => x);
    expect(Math.min(...xs)).toBeCloseTo(-0.9, 5);
    expect(Math.max(...xs)).toBeCloseTo(4.9, 5);
    for (const corner of corners) {
      const nearest = Math.min(...places.map((place) => away(place, corner)));
      expect(nearest).toBeGreaterThan(0.899);
    }
  });

  it('is nothing around nobody', () => {
    expect(outlineOf([], 1)).toEqual([]);
  });
});

it('never folds on the way from one hull to another', () => {
  const reaches = new Float64Array(DIRECTIONS);
  const start = [
    { x: -2, z: 1 },
    { x: 2, z: 0 },
  ];
  const end = [
    { x: 5, z: 5 },
    { x: 5, z: 8 },
    { x: 9, z: 4 },
  ];
  reachFor(reaches, start, start.length, 1, 1);
  for (let frame = 0; frame < 40; frame++) {
    reachFor(reaches, end, end.length, 1, 0.15);
    const corners = Array.from({ length: DIRECTIONS }, (_, k) => cornerOf(reaches, k, { x: 0, z: 0 }));
    expect(Math.min(...turns(corners))).toBeGreaterThan(-1e-9);
  }
  const settled = outlineOf(end, 1);
  expect(away(cornerOf(reaches, 3, { x: 0, z: 0 }), settled[3] ?? { x: 99, z: 99 })).toBeLessThan(0.05);
});
