import type { WorldThing } from '@chatmux/schema';
import { describe, expect, it } from 'vitest';
import { clearDistance, makeBlockers } from './camera-ray.ts';

const thing = (change: Partial<WorldThing>): WorldThing => ({
  look: 'wall',
  x: 0,
  z: 10,
  turn: 0,
  width: 6,
  height: 3,
  depth: 1,
  solid: 'box',
  variant: 0,
  ...change,
});
const ray = (things: WorldThing[], d: [number, number, number], grow = 0) =>
  clearDistance(makeBlockers({ things }), 0, 1.5, 0, ...d, 20, grow);

describe('clear distance', () => {
  it('stops at a wall, earlier when the eye keeps off it', () => {
    expect(ray([thing({})], [0, 0, 1])).toBeCloseTo(9.5);
    expect(ray([thing({})], [0, 0, 1], 0.3)).toBeCloseTo(9.2);
  });
  it('goes past beside, above and behind it', () => {
    expect(ray([thing({})], [1, 0, 0])).toBe(20);
    expect(ray([thing({})], [0, 0, -1])).toBe(20);
    expect(ray([thing({})], [0, Math.SQRT1_2, Math.SQRT1_2])).toBe(20);
  });
  it('turns boxes like the engine does: a wall turned by 90 degrees shows its narrow side', () => {
    expect(ray([thing({ turn: 90 })], [0, 0, 1])).toBeCloseTo(7);
  });
  it('meets round things at their rim', () => {
    expect(ray([thing({ solid: 'circle', look: 'pillar', width: 2 })], [0, 0, 1])).toBeCloseTo(9);
  });
  it('looks through trees, low and thin things', () => {
    const things = [
      thing({ look: 'tree', solid: 'circle' }),
      thing({ height: 0.9 }),
      thing({ width: 0.3, depth: 0.3 }),
      thing({ solid: 'none' }),
    ];
    expect(makeBlockers({ things }).count).toBe(0);
  });
  it('is 0 from inside', () => {
    expect(ray([thing({ z: 0 })], [0, 0, 1])).toBe(0);
  });
});
