import { buildCollisionMap, buildZoneMap } from '@chatmux/engine';
import { parseWorldMap } from '@chatmux/schema';
import { describe, expect, it } from 'vitest';
import { arrivalPlace } from './create-world.ts';

const portal = { kind: 'portal', shape: 'circle', z: 0, turn: 0, width: 2, depth: 2, to: { world: 'beach' } };
const map = parseWorldMap(
  {
    format: 1,
    id: 'meadow',
    name: 'A meadow',
    bounds: { minX: -40, maxX: 40, minZ: -40, maxZ: 40 },
    spawn: { x: 0, z: 0, radius: 2, turn: 90 },
    grounds: [],
    things: [{ look: 'rock', x: 20.5, z: 0, width: 1, height: 1, depth: 1, solid: 'box' }],
    zones: [
      { ...portal, id: 'west', name: 'West gate', x: -30, arrive: { x: -27, z: 0, turn: 180 } },
      { ...portal, id: 'east', name: 'East gate', x: 30, arrive: { x: 20, z: 0, turn: -90 } },
      { kind: 'quiet', id: 'nook', name: 'Nook', shape: 'box', x: 0, z: 30, width: 4, depth: 4 },
    ],
  },
  'test',
);
const world = { map, collision: buildCollisionMap(map), zones: buildZoneMap(map) };
const left = { worldId: 'meadow', x: 10, z: 10, yaw: 1 };
const first100 = Array.from({ length: 100 }, (_, nth) => nth);

describe('arrivalPlace', () => {
  it('by a portal is in front of it, and looks where it says', () => {
    for (const nth of first100) {
      const at = arrivalPlace(world, left, nth, 'west');
      expect(Math.hypot(at.x + 27, at.z)).toBeLessThanOrEqual(1);
      expect(at.yaw).toBeCloseTo(Math.PI);
    }
  });

  it('by a portal puts people who come together beside one another', () => {
    const [a, b] = [arrivalPlace(world, undefined, 1, 'west'), arrivalPlace(world, undefined, 2, 'west')];
    expect(Math.hypot(a.x - b.x, a.z - b.z)).toBeGreaterThan(0.5);
  });

  it('is on free ground', () => {
    for (const nth of first100) {
      const at = arrivalPlace(world, undefined, nth, 'east');
      const [dx, dz] = [Math.max(0, Math.abs(at.x - 20.5) - 0.5), Math.max(0, Math.abs(at.z) - 0.5)];
      expect(Math.hypot(dx, dz)).toBeGreaterThanOrEqual(0.35 - 1e-6);
    }
  });

  it.each([undefined, 'nowhere', 'nook'])('by %s is where one was in this world', (name) => {
    expect(arrivalPlace(world, left, 3, name)).toEqual({ x: 10, z: 10, yaw: 1 });
  });

  it('is before a portal for one who left in it', () => {
    const at = arrivalPlace(world, { ...left, x: -30.5, z: 0.5 }, 4);
    expect(Math.hypot(at.x + 27, at.z)).toBeLessThanOrEqual(1);
    expect(at.yaw).toBeCloseTo(Math.PI);
  });

  it('is at the spawn for all others', () => {
    for (const before of [undefined, { ...left, worldId: 'beach' }]) {
      const at = arrivalPlace(world, before, 5);
      expect(Math.hypot(at.x, at.z)).toBeLessThanOrEqual(2);
      expect(at.yaw).toBeCloseTo(Math.PI / 2);
    }
  });
});
