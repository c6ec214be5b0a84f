import { expect, it } from 'vitest';
import { boxCorners, mapView } from './map-view.ts';

it('has us in the middle and the reach at the edges', () => {
  const view = mapView({ x: 10, z: -20 }, 300, 50);
  expect([view.x(10), view.y(-20)]).toEqual([150, 150]);
  expect([view.x(60), view.y(-70)]).toEqual([300, 0]);
  expect(view.scale).toBe(3);
});

it('turns boxes as the worlds do: a quarter turn lays the width along z', () => {
  const corners = boxCorners({ x: 5, z: 5, width: 8, depth: 2, turn: 90 });
  const span = (values: number[]) => Math.max(...values) - Math.min(...values);
  expect(span(corners.map(({ x }) => x))).toBeCloseTo(2);
  expect(span(corners.map(({ z }) => z))).toBeCloseTo(8);
  // The front, +z before the turn, faces +x after it.
  const turned = boxCorners({ x: 0, z: 0, width: 2, depth: 6, turn: 90 });
  expect(turned[2]?.x).toBeCloseTo(3);
});
