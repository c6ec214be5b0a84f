import type { Metres, WorldMap } from '@chatmux/schema';

/** What the eye cannot pass: upright boxes and round posts, flattened into numbers for quick tests without allocation. */
export interface Blockers {
  readonly count: number;
  /** Eight numbers each: x, z, half width, half depth, sine and cosine of the turn, height, 1 for round. */
  readonly numbers: Float64Array;
}

const STRIDE = 8;
/** Lower and thinner things are looked over and around. */
const LOWEST = 1.3;
const THINNEST = 1.2;
/** Share of a house that is wall: above it the roof slopes away. */
const HOUSE_SHARE = 0.8;

const LOOKED_THROUGH = new Set([
  'tree',
  'pine',
  'lamp',
  'sign',
  'arch',
  'bush',
  'fountain',
  'stall',
  'table',
  'bench',
  'portal',
  'palm',
  'parasol',
  'boat',
  'campfire',
  'fence',
  'buoys',
]);

/** Prepares what stands in the way of the eye. */
export function makeBlockers(map: Pick<WorldMap, 'things'>): Blockers {
  const chosen = map.things.filter(
    (thing) =>
      thing.solid !== 'none' &&
      thing.height >= LOWEST &&
      Math.max(thing.width, thing.depth) >= THINNEST &&
      !LOOKED_THROUGH.has(thing.look),
  );
  const numbers = new Float64Array(chosen.length * STRIDE);
  for (const [i, thing] of chosen.entries()) {
    const turn = (thing.turn * Math.PI) / 180;
    const round = thing.solid === 'circle';
    numbers.set(
      [
        thing.x,
        thing.z,
        thing.width / 2,
        round ? thing.width / 2 : thing.depth / 2,
        Math.sin(turn),
        Math.cos(turn),
        thing.height * (thing.look === 'house' ? HOUSE_SHARE : 1),
        round ? 1 : 0,
      ],
      i * STRIDE,
    );
  }
  return { count: chosen.length, numbers };
}

/**
 * How far a ray goes before it meets a blocker or the ground.
 * @param dx,dy,dz direction of length 1
 * @param grow metres by which everything is thicker, so that the eye keeps off the walls
 * @returns distance in metres, `limit` at most; 0 when it starts inside
 */
export function clearDistance(
  blockers: Blockers,
  ox: Metres,
  oy: Metres,
  oz: Metres,
  dx: number,
  dy: number,
  dz: number,
  limit: Metres,
  grow: Metres,
): Metres {
  let nearest = limit;
  const { numbers } = blockers;
  for (let i = 0; i < blockers.count; i++) {
    const k = i * STRIDE;
    const x = numbers[k] ?? 0;
    const z = numbers[k + 1] ?? 0;
    const halfWidth = (numbers[k + 2] ?? 0) + grow;
    const halfDepth = (numbers[k + 3] ?? 0) + grow;
    const rx = ox - x;
    const rz = oz - z;
    const reach = halfWidth + halfDepth + nearest;
    if (rx * rx + rz * rz > reach * reach) continue;
    const sin = numbers[k + 4] ?? 0;
    const cos = numbers[k + 5] ?? 1;
    const u = rx * cos - rz * sin;
    const v = rx * sin + rz * cos;
    const du = dx * cos - dz * sin;
    const dv = dx * sin + dz * cos;
    const top = (numbers[k + 6] ?? 0) + grow;
    let enter = 0;
    let leave = nearest;
    if (numbers[k + 7] === 1) {
      const a = du * du + dv * dv;
      const b = u * du + v * dv;
      const c = u * u + v * v - halfWidth * halfWidth;
      if (a < 1e-9) {
        if (c > 0) continue;
      } else {
        const root = b * b - a * c;
        if (root <= 0) continue;
        enter = Math.max(enter, (-b - Math.sqrt(root)) / a);
        leave = Math.min(leave, (-b + Math.sqrt(root)) / a);
      }
    } else {
      if (Math.abs(du) < 1e-9) {
        if (Math.abs(u) > halfWidth) continue;
      } else {
        const t1 = (-halfWidth - u) / du;
        const t2 = (halfWidth - u) / du;
        enter = Math.max(enter, Math.min(t1, t2));
        leave = Math.min(leave, Math.max(t1, t2));
      }
      if (Math.abs(dv) < 1e-9) {
        if (Math.abs(v) > halfDepth) continue;
      } else {
        const t1 = (-halfDepth - v) / dv;
        const t2 = (halfDepth - v) / dv;
        enter = Math.max(enter, Math.min(t1, t2));
        leave = Math.min(leave, Math.max(t1, t2));
      }
    }
    if (Math.abs(dy) < 1e-9) {
      if (oy > top) continue;
    } else {
      const over = (top - oy) / dy;
      if (dy > 0) leave = Math.min(leave, over);
      else enter = Math.max(enter, over);
    }
    if (enter < leave) nearest = Math.min(nearest, enter);
  }
  return nearest;
}
