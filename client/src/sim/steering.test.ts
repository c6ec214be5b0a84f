import { headingToYaw } from '@chatmux/engine';
import { describe, expect, it } from 'vitest';
import { followPath, steer } from './steering.ts';

const direction = (controls: { x: number; y: number }, cameraYaw: number) => {
  const yaw = headingToYaw(steer({ ...controls, run: false }, cameraYaw, false).heading);
  return [Math.sin(yaw), Math.cos(yaw)].map((v) => Math.round(v * 1000) / 1000 + 0);
};

describe('steering', () => {
  it('goes where the camera looks', () => {
    expect(direction({ x: 0, y: 1 }, 0)).toEqual([0, 1]);
    expect(direction({ x: 0, y: 1 }, Math.PI / 2)).toEqual([1, 0]);
    expect(direction({ x: 0, y: -1 }, 0)).toEqual([0, -1]);
  });
  it('knows right from left: looking along +z with y up, right is −x', () => {
    expect(direction({ x: 1, y: 0 }, 0)).toEqual([-1, 0]);
    expect(direction({ x: -1, y: 0 }, 0)).toEqual([1, 0]);
  });
  it('stands with a thumb at rest, and runs with one pushed all the way', () => {
    expect(steer({ x: 0.1, y: 0.1, run: false }, 0, true).gait).toBe(0);
    expect(steer({ x: 0, y: 0.6, run: false }, 0, true).gait).toBe(1);
    expect(steer({ x: 0, y: 1, run: false }, 0, true).gait).toBe(2);
    expect(steer({ x: 0, y: 1, run: false }, 0, false).gait).toBe(1);
    expect(steer({ x: 0, y: 1, run: true }, 0, false).gait).toBe(2);
  });
  it('follows way points and takes off those that are reached', () => {
    const path = [
      { x: 0, z: 1 },
      { x: 5, z: 1 },
    ];
    expect(headingToYaw(followPath({ x: 0, z: 0 }, path, false).heading)).toBeCloseTo(0, 3);
    expect(headingToYaw(followPath({ x: 0, z: 0.95 }, path, false).heading)).toBeCloseTo(Math.PI / 2, 1);
    expect(path).toHaveLength(1);
    expect(followPath({ x: 4.99, z: 1 }, path, true).gait).toBe(0);
    expect(path).toHaveLength(0);
  });
});
