import { buildCollisionMap } from '@chatmux/engine';
import { STEP_HZ } from '@chatmux/schema';
import { describe, expect, it } from 'vitest';
import { applyInput, createMover } from '../../../game-server/src/world/mover.ts';
import { placeIn, RandomWalk } from './random-walk.ts';
import { seededNumbers } from './seeded-numbers.ts';

const area = { minX: -30, maxX: 50, minZ: -20, maxZ: 20 };
const gaits = { walk: 0.7, run: 0.2, stand: 0.1 };
const LONG = 300 * STEP_HZ;

function walkOf(seed: number) {
  const random = seededNumbers(seed);
  const at = placeIn(area, random);
  return { at, walk: new RandomWalk({ area, gaits }, at, random) };
}

describe('RandomWalk', () => {
  it('stays in its area, to a step', () => {
    for (let seed = 0; seed < 20; seed++) {
      const { walk } = walkOf(seed);
      for (let step = 0; step < LONG; step += 7) {
        while (walk.advance(step)) expect(walk.from).toBeLessThanOrEqual(step);
        const { x, z } = walk.at(step);
        expect(Math.max(area.minX - x, x - area.maxX, area.minZ - z, z - area.maxZ)).toBeLessThan(0.11);
      }
    }
  });

  it('knows where the server has it', () => {
    const map = buildCollisionMap({
      bounds: { minX: -100, maxX: 100, minZ: -100, maxZ: 100 },
      things: [],
    });
    const { at, walk } = walkOf(3);
    const mover = createMover({ ...at, yaw: 0 });
    for (let seq = 0; seq < 300; seq++) {
      mover.credit = Number.MAX_SAFE_INTEGER;
      applyInput(mover, { seq, step: walk.from, ...walk.held }, map);
      const { x, z } = walk.at(walk.from);
      expect(Math.hypot(mover.body.x - x, mover.body.z - z)).toBeLessThan(1e-6);
      walk.advance(walk.until);
    }
  });

  it('spreads people evenly', () => {
    const counts = [0, 0, 0, 0, 0, 0, 0, 0];
    for (let seed = 0; seed < 200; seed++) {
      const { walk } = walkOf(seed);
      for (let step = 0; step < 60 * STEP_HZ; step += STEP_HZ) {
        while (walk.advance(step));
        const { x, z } = walk.at(step);
        const [column, row] = [Math.floor((x + 30) / 20), z < 0 ? 0 : 1];
        const i = Math.max(0, Math.min(3, column)) * 2 + row;
        counts[i] = (counts[i] ?? 0) + 1;
      }
    }
    const mean = (200 * 60) / counts.length;
    for (const count of counts) expect(Math.abs(count / mean - 1)).toBeLessThan(0.2);
  });

  it('is the same for the same seed', () => {
    const [one, same, other] = [walkOf(5), walkOf(5), walkOf(6)];
    const legs = ({ walk }: typeof one) =>
      Array.from({ length: 50 }, () => walk.advance(walk.until) && { ...walk.held, from: walk.from });
    const first = legs(one);
    expect(legs(same)).toEqual(first);
    expect(legs(other)).not.toEqual(first);
  });
});
