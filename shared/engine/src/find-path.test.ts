import type { WorldMap } from '@chatmux/schema';
import { describe, expect, it } from 'vitest';
import { buildCollisionMap, isFree } from './collision.ts';
import { findPath, isClear, type Point } from './find-path.ts';

const wall = (x: number, z: number, width: number, depth: number): WorldMap['things'][number] => ({
  look: 'wall',
  x,
  z,
  turn: 0,
  width,
  height: 2,
  depth,
  solid: 'box',
  variant: 0,
});
const bounds = { minX: -20, maxX: 20, minZ: -20, maxZ: 20 };
const lengthOf = (from: Point, path: Point[]) =>
  path.reduce(
    (sum, p, i) => sum + Math.hypot(p.x - (path[i - 1] ?? from).x, p.z - (path[i - 1] ?? from).z),
    0,
  );

describe('a path', () => {
  const from = { x: -5, z: 0 };
  it('is straight where nothing stands between', () => {
    const map = buildCollisionMap({ bounds, things: [] });
    expect(findPath(map, from, { x: 5, z: 3 })).toEqual([{ x: 5, z: 3 }]);
  });
  it('goes round a wall, every leg of it free, and not much longer than it must be', () => {
    const map = buildCollisionMap({ bounds, things: [wall(0, 0, 1, 12)] });
    const to = { x: 5, z: 0 };
    const path = findPath(map, from, to);
    let at = from;
    for (const point of path) {
      expect(isClear(map, at, point)).toBe(true);
      at = point;
    }
    expect(at).toEqual(to);
    const shortest = 2 * Math.hypot(4.15, 6.35) + 1.7;
    expect(lengthOf(from, path)).toBeLessThan(shortest * 1.1);
  });
  it('ends as near as one can get to a place inside a wall', () => {
    const map = buildCollisionMap({ bounds, things: [wall(5, 0, 4, 4)] });
    const end = findPath(map, from, { x: 5, z: 0 }).at(-1);
    expect(end && isFree(map, end.x, end.z)).toBe(true);
    expect(end?.x).toBeGreaterThan(2);
  });
  it('ends at a place close to a wall, though the grid’s nearest point is in it', () => {
    const map = buildCollisionMap({ bounds, things: [wall(0, 0, 1, 12), wall(8, 0, 0.5, 8)] });
    const to = { x: 7.38, z: 0.1 };
    expect(findPath(map, from, to).at(-1)).toEqual(to);
  });
  it('is found at once for a place inside a thing behind a wall', () => {
    const map = buildCollisionMap({ bounds, things: [wall(0, 0, 1, 12), wall(8, 0, 4, 4)] });
    const limit = 900;
    const end = findPath(map, from, { x: 6.5, z: 0 }, limit).at(-1);
    expect(end?.x).toBeCloseTo(5.64, 1);
    expect(end?.z).toBeCloseTo(0);
  });
  it('gives up at its limit instead of searching a closed yard for ever', () => {
    const map = buildCollisionMap({
      bounds,
      things: [wall(8, 0, 0.5, 8), wall(12, 0, 0.5, 8), wall(10, 4, 4, 0.5), wall(10, -4, 4, 0.5)],
    });
    const path = findPath(map, from, { x: 10, z: 0 });
    expect(path.at(-1)?.x).toBeLessThan(8);
  });
});
