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
import { BODY_RADIUS, parseWorldMap } from '@chatmux/schema';
import { describe, expect, it } from 'vitest';

const file = new URL('../../../assets/worlds/plaza.json', import.meta.url);
const map = parseWorldMap(JSON.parse(readFileSync(file, 'utf8')), 'plaza.json');
const solids = buildCollisionMap(map);

describe('the plaza', () => {
  it('lets people arrive anywhere in the spawn circle', () => {
    const { x, z, radius } = map.spawn;
    for (let ring = 0; ring <= 4; ring++)
      for (let i = 0; i < 24; i++) {
        const angle = (i / 24) * Math.PI * 2;
        const away = (ring / 4) * radius;
        expect(isFree(solids, x + Math.sin(angle) * away, z + Math.cos(angle) * away)).toBe(true);
      }
  });

  it('has a straight free avenue of 57 m and 7 m width that starts at the spawn', () => {
    const { x, z } = map.spawn;
    for (let aside = -3.5; aside <= 3.5; aside += 0.25)
      for (let along = -2; along <= 57; along += 0.25)
        expect(isFree(solids, x + aside, z + along), `${x + aside}, ${z + along}`).toBe(true);
  });

  it('keeps everything inside its bounds', () => {
    const { minX, maxX, minZ, maxZ } = map.bounds;
    for (const { look, x, z } of map.things) {
      expect(x, look).toBeGreaterThanOrEqual(minX);
      expect(x, look).toBeLessThanOrEqual(maxX);
      expect(z, look).toBeGreaterThanOrEqual(minZ);
      expect(z, look).toBeLessThanOrEqual(maxZ);
    }
  });

  it.each([
    ['Oak Room', { x: -23, z: 2 }],
    ['Bell Room', { x: -23, z: 10.5 }],
    ['portal to the beach', { x: 25.5, z: -1 }],
    ['quiet garden', { x: -30, z: 31 }],
    ['open stage', { x: -13.6, z: -14.2 }],
    ['duck pond', { x: -34, z: -24 }],
    ['sunny corner', { x: 28.8, z: -28.4 }],
    ['market', { x: 14, z: 8 }],
    ['end of the long walk', { x: 7.5, z: 44 }],
  ])('lets one walk to the %s', (_, goal) => {
    const path = findPath(solids, map.spawn, goal, 60_000);
    expect(path.at(-1)).toEqual(goal);
  });

  it('has walls that stop: each room of the meeting house is entered by its own door alone', () => {
    const oak = { x: -23, z: 2 };
    const bell = { x: -23, z: 10.5 };
    expect(isClear(solids, { x: -17, z: 2 }, oak)).toBe(true);
    expect(isClear(solids, { x: -17, z: 10.5 }, bell)).toBe(true);
    expect(isClear(solids, oak, bell)).toBe(false);
    for (const from of [
      { x: -16, z: 6 },
      { x: -34, z: 4 },
      { x: -25, z: 17 },
      { x: -25, z: -6 },
    ])
      for (const to of [oak, bell])
        expect(isClear(solids, from, to), `${from.x}, ${from.z} to ${to.z}`).toBe(false);
  });

  it('keeps its spawn and the avenue out of every zone: there one is heard by distance alone', () => {
    const zones = buildZoneMap(map);
    for (let x = 2; x <= 13; x += 0.25)
      for (let z = -16; z <= 30; z += 0.25) expect(zonesAt(zones, x, z, NOWHERE), `${x}, ${z}`).toBe(NOWHERE);
  });

  it('has no thing in the way of another: trees, lamps and signs stand clear of houses and walls', () => {
    const houses = map.things.filter((thing) => thing.look === 'house' && thing.solid === 'box');
    const walls = buildCollisionMap({ bounds: map.bounds, things: houses });
    for (const thing of map.things) {
      if (thing.solid === 'none' || houses.includes(thing)) continue;
      if (thing.look === 'wall' || thing.look === 'hedge') continue;
      expect(
        isFree(walls, thing.x, thing.z) || Math.abs(thing.x) > 47 - BODY_RADIUS,
        `${thing.look} at ${thing.x}, ${thing.z}`,
      ).toBe(true);
    }
  });
});
