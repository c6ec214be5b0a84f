import { BODY_RADIUS, RUN_SPEED, STEP_SECONDS, WALK_SPEED, type WorldMap } from '@chatmux/schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildCollisionMap, isFree } from './collision.ts';
import { type Body, headingToYaw, stepMovement, yawToHeading } from './step-movement.ts';

type Thing = WorldMap['things'][number];
const thing = (part: Partial<Thing>): Thing => ({
  look: 'wall',
  x: 0,
  z: 0,
  turn: 0,
  width: 1,
  height: 1,
  depth: 1,
  solid: 'box',
  variant: 0,
  ...part,
});
const yard = (...things: Thing[]) =>
  buildCollisionMap({ bounds: { minX: -20, maxX: 20, minZ: -20, maxZ: 20 }, things });
const EAST = yawToHeading(Math.PI / 2);
const NORTH_EAST = yawToHeading(Math.PI / 4);

function walk(
  map: ReturnType<typeof yard>,
  from: Body,
  heading: number,
  seconds: number,
  gait: 1 | 2 = 1,
): Body {
  let body = from;
  for (let i = 0; i < seconds / STEP_SECONDS; i++)
    body = stepMovement(body, { gait, heading }, map, STEP_SECONDS);
  return body;
}

describe('movement', () => {
  const start = { x: 0, z: 0, yaw: 0 };
  it('covers walking and running speed', () => {
    expect(walk(yard(), start, EAST, 2).x).toBeCloseTo(2 * WALK_SPEED, 6);
    expect(walk(yard(), start, EAST, 2, 2).x).toBeCloseTo(2 * RUN_SPEED, 6);
  });
  it('keeps place and yaw while standing', () => {
    const at = { x: 1, z: 2, yaw: 3 };
    expect(stepMovement(at, { gait: 0, heading: 5 }, yard(), STEP_SECONDS)).toEqual(at);
  });
  it('faces where it goes', () => {
    expect(walk(yard(), start, EAST, 0.1).yaw).toBeCloseTo(Math.PI / 2, 4);
  });
  it('stops at a wall', () => {
    const map = yard(thing({ x: 5, depth: 10 }));
    expect(walk(map, start, EAST, 5).x).toBeCloseTo(4.5 - BODY_RADIUS, 6);
  });
  it('slides along a wall that is met at an angle', () => {
    const map = yard(thing({ x: 3, depth: 30 }));
    const body = walk(map, start, NORTH_EAST, 3);
    expect(body.x).toBeCloseTo(2.5 - BODY_RADIUS, 6);
    expect(body.z).toBeCloseTo(3 * WALK_SPEED * Math.SQRT1_2, 1);
  });
  it('goes round a pillar', () => {
    const map = yard(thing({ x: 3, z: 0.1, width: 1, solid: 'circle' }));
    expect(walk(map, start, EAST, 4).x).toBeGreaterThan(5);
  });
  it('stays inside the bounds', () => {
    expect(walk(yard(), start, EAST, 30).x).toBeCloseTo(20 - BODY_RADIUS, 9);
  });

  it('never ends inside anything, in any world and direction', () => {
    const solids = fc.array(
      fc.record({
        x: fc.double({ min: -8, max: 8, noNaN: true }),
        z: fc.double({ min: -8, max: 8, noNaN: true }),
        turn: fc.integer({ min: 0, max: 359 }),
        width: fc.double({ min: 0.5, max: 3, noNaN: true }),
        depth: fc.double({ min: 0.5, max: 3, noNaN: true }),
        solid: fc.constantFrom('box' as const, 'circle' as const),
      }),
      { maxLength: 3 },
    );
    fc.assert(
      fc.property(
        solids,
        fc.array(fc.integer({ min: 0, max: 65535 }), { maxLength: 5 }),
        (parts, headings) => {
          // Far apart, so that nobody can stand wedged between two of them.
          const apart = parts.filter((a, i) =>
            parts.slice(0, i).every((b) => Math.hypot(a.x - b.x, a.z - b.z) > 7),
          );
          const map = yard(...apart.map((part) => thing(part)));
          let body = { x: -15, z: -15, yaw: 0 };
          for (const heading of headings) body = walk(map, body, heading, 1, 2);
          // A hair's breadth, since pushing out lands on the edge itself.
          const inwards = 1e-6;
          const free = [-inwards, inwards].some(
            (d) => isFree(map, body.x + d, body.z) || isFree(map, body.x, body.z + d),
          );
          expect(free || isFree(map, body.x, body.z)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is the same to the last bit however often it is done', () => {
    const map = yard(thing({ x: 3, turn: 30, depth: 8 }));
    expect(walk(map, start, NORTH_EAST, 4)).toEqual(walk(map, start, NORTH_EAST, 4));
  });
});

it('headings and yaws lead to each other', () => {
  for (let heading = 0; heading < 65536; heading += 13)
    expect(yawToHeading(headingToYaw(heading))).toBe(heading);
  expect(yawToHeading(-Math.PI / 2)).toBe(yawToHeading(Math.PI * 1.5));
});
