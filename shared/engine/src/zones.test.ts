import type { WorldZone } from '@chatmux/schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildZoneMap, NOWHERE, ZONE_KEEP_METRES, type ZonesHere, zonesAt } from './zones.ts';

const KINDS = ['room', 'hall', 'stage', 'quiet', 'portal'] as const;
type Kind = (typeof KINDS)[number];
type Shape = Pick<WorldZone, 'shape' | 'x' | 'z' | 'turn' | 'width' | 'depth'>;

const zone = (kind: Kind, id: string, shape: Partial<Shape> = {}): WorldZone => {
  const area = { id, name: id, shape: 'box' as const, x: 0, z: 0, turn: 0, width: 4, depth: 2, ...shape };
  if (kind === 'stage') return { kind, ...area, hall: 'house' };
  if (kind === 'portal')
    return { kind, ...area, to: { world: 'elsewhere' }, arrive: { x: 0, z: 9, turn: 0 } };
  return { kind, ...area };
};

/** How far outside a zone a point is, worked out another way: the nearest of its corners, edges and its inside. */
function outside(area: Shape, x: number, z: number): number {
  if (area.shape === 'circle') return Math.max(0, Math.hypot(x - area.x, z - area.z) - area.width / 2);
  const turn = (area.turn * Math.PI) / 180;
  // A turn carries its own +z to (sin, cos), and its own +x to (cos, −sin).
  const corner = (u: number, v: number) => ({
    x: area.x + u * Math.cos(turn) + v * Math.sin(turn),
    z: area.z - u * Math.sin(turn) + v * Math.cos(turn),
  });
  const [w, d] = [area.width / 2, area.depth / 2];
  const corners = [corner(-w, -d), corner(w, -d), corner(w, d), corner(-w, d)];
  let nearest = Number.POSITIVE_INFINITY;
  let sides = 0;
  corners.forEach((a, i) => {
    const b = corners[(i + 1) % 4] ?? a;
    const [ex, ez] = [b.x - a.x, b.z - a.z];
    const along = Math.max(0, Math.min(1, ((x - a.x) * ex + (z - a.z) * ez) / (ex * ex + ez * ez)));
    nearest = Math.min(nearest, Math.hypot(x - a.x - along * ex, z - a.z - along * ez));
    sides += Math.sign(ex * (z - a.z) - ez * (x - a.x));
  });
  return Math.abs(sides) === 4 ? 0 : nearest;
}

const anyZones = fc
  .array(
    fc.record({
      kind: fc.constantFrom(...KINDS),
      shape: fc.constantFrom('box' as const, 'circle' as const),
      x: fc.double({ min: -30, max: 30, noNaN: true }),
      z: fc.double({ min: -30, max: 30, noNaN: true }),
      turn: fc.double({ min: -360, max: 360, noNaN: true }),
      width: fc.double({ min: 0.5, max: 30, noNaN: true }),
      depth: fc.double({ min: 0.5, max: 30, noNaN: true }),
    }),
    { maxLength: 12 },
  )
  .map((list) => list.map(({ kind, ...shape }, i) => zone(kind, `zone-${i}`, shape)));
const anyWalk = fc.array(
  fc.tuple(fc.double({ min: -50, max: 50, noNaN: true }), fc.double({ min: -50, max: 50, noNaN: true })),
  { minLength: 1, maxLength: 40 },
);

/** What the rule says, looking at every zone. `undefined` where a rounding of the last bit would decide. */
function expected(zones: WorldZone[], x: number, z: number, before: ZonesHere): ZonesHere | undefined {
  const here = { ...NOWHERE };
  for (const kind of KINDS) {
    const inside: number[] = [];
    for (const [index, area] of zones.entries()) {
      if (area.kind !== kind) continue;
      const distance = outside(area, x, z);
      if (Math.abs(distance - ZONE_KEEP_METRES) < 1e-9 || (distance > 0 && distance < 1e-9)) return undefined;
      if (distance <= 0 || (before[kind] === index && distance < ZONE_KEEP_METRES)) inside.push(index);
    }
    here[kind] = inside.includes(before[kind]) ? before[kind] : (inside[0] ?? -1);
  }
  return here;
}

describe('zones', () => {
  it('are what a look at every zone says, whatever their turn and wherever one comes from', () => {
    fc.assert(
      fc.property(anyZones, anyWalk, (zones, walk) => {
        const map = buildZoneMap({ zones });
        let here = NOWHERE;
        for (const [x, z] of walk) {
          const should = expected(zones, x, z, here);
          const now = zonesAt(map, x, z, here);
          if (should) expect(now).toEqual(should);
          here = now;
        }
      }),
      { numRuns: 500 },
    );
  });

  it('are found as readily by small steps across their edges as by leaps', () => {
    fc.assert(
      fc.property(anyZones, fc.double({ min: -40, max: 40, noNaN: true }), (zones, z) => {
        const map = buildZoneMap({ zones });
        let here = NOWHERE;
        for (let x = -50; x <= 50; x += 0.13) {
          const should = expected(zones, x, z, here);
          const now = zonesAt(map, x, z, here);
          if (should) expect(now).toEqual(should);
          here = now;
        }
        expect(here).toEqual(NOWHERE);
      }),
      { numRuns: 60 },
    );
  });

  it('are answered as the very object one gave, when nothing changed', () => {
    fc.assert(
      fc.property(anyZones, anyWalk, (zones, walk) => {
        const map = buildZoneMap({ zones });
        let here = NOWHERE;
        for (const [x, z] of walk) {
          here = zonesAt(map, x, z, here);
          const copy = { ...here };
          expect(zonesAt(map, x, z, copy)).toBe(copy);
        }
      }),
    );
  });

  it('turn as things do: a long one turned by 90 degrees lies along x', () => {
    const map = buildZoneMap({ zones: [zone('room', 'long', { width: 2, depth: 10, turn: 90 })] });
    expect(zonesAt(map, 4.5, 0, NOWHERE).room).toBe(0);
    expect(zonesAt(map, 0, 4.5, NOWHERE).room).toBe(-1);
    const slanted = buildZoneMap({ zones: [zone('room', 'slanted', { width: 1, depth: 10, turn: 45 })] });
    expect(zonesAt(slanted, 3, 3, NOWHERE).room).toBe(0);
    expect(zonesAt(slanted, 3, -3, NOWHERE).room).toBe(-1);
  });

  it('keep who is inside until 0.4 m outside, and let in nobody before the edge', () => {
    const map = buildZoneMap({ zones: [zone('quiet', 'corner', { width: 4, depth: 4 })] });
    expect(zonesAt(map, 2.05, 0, NOWHERE)).toBe(NOWHERE);
    const inside = zonesAt(map, 1.95, 0, NOWHERE);
    expect(inside.quiet).toBe(0);
    expect(zonesAt(map, 2.39, 0, inside)).toBe(inside);
    expect(zonesAt(map, 2.41, 0, inside)).toEqual(NOWHERE);
    // Round the corner the margin is a distance too, not a bigger square.
    expect(zonesAt(map, 2.25, 2.25, inside)).toBe(inside);
    expect(zonesAt(map, 2.35, 2.35, inside)).toEqual(NOWHERE);
  });

  it('change at most twice on a way there and back, however somebody dithers in the door', () => {
    const map = buildZoneMap({
      zones: [zone('room', 'west', { x: -2, width: 4 }), zone('room', 'east', { x: 2, width: 4 })],
    });
    let here = zonesAt(map, -1, 0, NOWHERE);
    let changes = 0;
    for (let i = 0; i < 600; i++) {
      const now = zonesAt(map, 0.35 * Math.sin(i), 0, here);
      if (now !== here) changes++;
      here = now;
    }
    expect(changes).toBe(0);
    expect(here.room).toBe(0);
    here = zonesAt(map, 0.41, 0, here);
    expect(here.room).toBe(1);
    expect(zonesAt(map, -0.39, 0, here)).toBe(here);
    expect(zonesAt(map, -0.41, 0, here).room).toBe(0);
  });

  it('of a kind that overlap: the first of the file counts, unless one is in the other already', () => {
    const map = buildZoneMap({
      zones: [zone('room', 'first', { width: 4 }), zone('room', 'second', { x: 3, width: 8 })],
    });
    expect(zonesAt(map, 1, 0, NOWHERE).room).toBe(0);
    const second = zonesAt(map, 5, 0, NOWHERE);
    expect(second.room).toBe(1);
    expect(zonesAt(map, 1, 0, second)).toBe(second);
  });

  it('of different kinds hold at once, and a stage knows who hears it', () => {
    const zones = [
      zone('stage', 'boards', { width: 2, depth: 1 }),
      zone('quiet', 'house-plant'),
      zone('hall', 'house'),
    ];
    const map = buildZoneMap({ zones });
    expect(zonesAt(map, 0, 0, NOWHERE)).toEqual({ room: -1, hall: 2, stage: 0, quiet: 1, portal: -1 });
    expect(map.hallOf).toEqual([2, -1, -1]);
    expect(buildZoneMap({ zones: [zone('stage', 'boards'), zone('room', 'house')] }).hallOf).toEqual([1, -1]);
  });

  it('cost nothing where there are none, also for who comes from elsewhere', () => {
    const map = buildZoneMap({ zones: [] });
    expect(map.squares.size).toBe(0);
    expect(zonesAt(map, 3, 3, NOWHERE)).toBe(NOWHERE);
    expect(zonesAt(map, 3, 3, { ...NOWHERE, room: 4 })).toBe(NOWHERE);
  });

  it('answer nowhere for a place that is no place', () => {
    const map = buildZoneMap({ zones: [zone('room', 'here')] });
    expect(zonesAt(map, Number.NaN, 0, NOWHERE)).toBe(NOWHERE);
    expect(zonesAt(map, Number.POSITIVE_INFINITY, 0, NOWHERE)).toBe(NOWHERE);
  });
});
