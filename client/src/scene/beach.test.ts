import { readFileSync } from 'node:fs';
import {
  buildCollisionMap,
  buildZoneMap,
  findPath,
  isClear,
  isFree,
  NOWHERE,
  zonesAt,
} from '@chatmux/engine';
import { parseWorldMap } from '@chatmux/schema';
import { describe, expect, it } from 'vitest';

const file = new URL('../../../assets/worlds/beach.json', import.meta.url);
const map = parseWorldMap(JSON.parse(readFileSync(file, 'utf8')), 'beach.json');
const solids = buildCollisionMap(map);
const zones = buildZoneMap(map);
const named = (index: number) => map.zones[index]?.id;

describe('the beach', () => {
  it('lets people arrive anywhere in the spawn circle, in no zone', () => {
    const { x, z, radius } = map.spawn;
    for (let ring = 0; ring <= 4; ring++)
      for (let i = 0; i < 24; i++) {
        const away = (ring / 4) * radius;
        const at = { x: x + Math.sin(i) * away, z: z + Math.cos(i) * away };
        expect(isFree(solids, at.x, at.z), `${at.x}, ${at.z}`).toBe(true);
        expect(zonesAt(zones, at.x, at.z, NOWHERE)).toBe(NOWHERE);
      }
  });

  it.each([
    ['deck by the sea', { x: 0, z: 10 }, undefined],
    ['campfire', { x: -12, z: 0.6 }, undefined],
    ['bar', { x: 16, z: -2 }, 'driftwood-bar'],
    ['terrace of the bar', { x: 17, z: 8.6 }, undefined],
    ['quiet cove', { x: -27, z: 13 }, 'quiet-cove'],
    ['portal home', { x: 0, z: -27.2 }, 'to-the-square'],
  ])('lets one walk to the %s', (_, goal, zone) => {
    expect(findPath(solids, map.spawn, goal, 60_000).at(-1)).toEqual(goal);
    const { room, quiet, portal } = zonesAt(zones, goal.x, goal.z, NOWHERE);
    expect([room, quiet, portal].map(named).find(Boolean)).toBe(zone);
  });

  it('has a bar that is entered by its door alone', () => {
    const inside = { x: 16, z: -2 };
    expect(isClear(solids, { x: 11, z: -2 }, inside)).toBe(true);
    for (const from of [
      { x: 11.5, z: 1 },
      { x: 19, z: 4 },
      { x: 19, z: -8 },
      { x: 26.4, z: -3 },
    ])
      expect(isClear(solids, from, inside), `${from.x}, ${from.z}`).toBe(false);
  });

  it('lets nobody wade beyond the rope of floats', () => {
    for (let x = -32; x <= 32; x += 0.5)
      expect(isClear(solids, { x, z: 14 }, { x, z: map.bounds.maxZ - 0.36 }), `at ${x}`).toBe(false);
    expect(isClear(solids, { x: 4, z: 13.5 }, { x: 4, z: 16 }), 'but as far as the rope').toBe(true);
  });

  it('keeps everything inside its bounds', () => {
    const { minX, maxX, minZ, maxZ } = map.bounds;
    for (const { look, x, z } of map.things) {
      expect(x >= minX && x <= maxX, `${look} at ${x}`).toBe(true);
      expect(z >= minZ && z <= maxZ, `${look} at ${z}`).toBe(true);
    }
  });
});
