import { BODY_RADIUS, type WorldMap, type WorldThing } from '@chatmux/schema';

/** What stops a body, prepared for quick look-ups. Made once from a world map, never changed. */
export interface CollisionMap {
  readonly bounds: WorldMap['bounds'];
  /** Solids by grid square. */
  readonly squares: ReadonlyMap<number, readonly Solid[]>;
}

type Solid =
  | { kind: 'circle'; x: number; z: number; radius: number }
  | { kind: 'box'; x: number; z: number; halfWidth: number; halfDepth: number; sin: number; cos: number };

const SQUARE_METRES = 4;
/** A body in a corner is pushed by one wall into the other: a few rounds settle it. */
const ROUNDS = 3;

const squareOf = (v: number) => Math.floor(v / SQUARE_METRES);
const squareKey = (column: number, row: number) => (column + 4096) * 8192 + (row + 4096);

function solidOf(thing: WorldThing): Solid | undefined {
  const { x, z } = thing;
  if (thing.solid === 'circle') return { kind: 'circle', x, z, radius: thing.width / 2 };
  if (thing.solid === 'none') return undefined;
  const turn = (thing.turn * Math.PI) / 180;
  return {
    kind: 'box',
    x,
    z,
    halfWidth: thing.width / 2,
    halfDepth: thing.depth / 2,
    sin: Math.sin(turn),
    cos: Math.cos(turn),
  };
}

/** Prepares the solids of a world. */
export function buildCollisionMap(map: Pick<WorldMap, 'bounds' | 'things'>): CollisionMap {
  const squares = new Map<number, Solid[]>();
  for (const thing of map.things) {
    const solid = solidOf(thing);
    if (!solid) continue;
    const reach =
      (solid.kind === 'circle' ? solid.radius : Math.hypot(solid.halfWidth, solid.halfDepth)) + BODY_RADIUS;
    for (let column = squareOf(solid.x - reach); column <= squareOf(solid.x + reach); column++)
      for (let row = squareOf(solid.z - reach); row <= squareOf(solid.z + reach); row++) {
        const key = squareKey(column, row);
        const square = squares.get(key);
        if (square) square.push(solid);
        else squares.set(key, [solid]);
      }
  }
  return { bounds: map.bounds, squares };
}

/** Moves a point that is inside a solid (grown by the body's radius) to its nearest edge. Changes `point`. */
function pushOut(point: { x: number; z: number }, solid: Solid): boolean {
  const dx = point.x - solid.x;
  const dz = point.z - solid.z;
  if (solid.kind === 'circle') {
    const reach = solid.radius + BODY_RADIUS;
    const distance = Math.hypot(dx, dz);
    if (distance >= reach) return false;
    const [nx, nz] = distance > 1e-9 ? [dx / distance, dz / distance] : [1, 0];
    point.x = solid.x + nx * reach;
    point.z = solid.z + nz * reach;
    return true;
  }
  // Into the box's own axes; a turn of `yaw` carries local +z to (sin, cos).
  const u = dx * solid.cos - dz * solid.sin;
  const v = dx * solid.sin + dz * solid.cos;
  const nearU = Math.max(-solid.halfWidth, Math.min(solid.halfWidth, u));
  const nearV = Math.max(-solid.halfDepth, Math.min(solid.halfDepth, v));
  let outU = u - nearU;
  let outV = v - nearV;
  const distance = Math.hypot(outU, outV);
  if (distance >= BODY_RADIUS) return false;
  let [toU, toV] = [nearU, nearV];
  if (distance > 1e-9) {
    outU = (outU / distance) * BODY_RADIUS;
    outV = (outV / distance) * BODY_RADIUS;
  } else if (solid.halfWidth - Math.abs(u) < solid.halfDepth - Math.abs(v)) {
    // The centre is inside: leave by the nearest side.
    toU = Math.sign(u || 1) * solid.halfWidth;
    [outU, outV] = [Math.sign(u || 1) * BODY_RADIUS, 0];
  } else {
    toV = Math.sign(v || 1) * solid.halfDepth;
    [outU, outV] = [0, Math.sign(v || 1) * BODY_RADIUS];
  }
  const lu = toU + outU;
  const lv = toV + outV;
  point.x = solid.x + lu * solid.cos + lv * solid.sin;
  point.z = solid.z - lu * solid.sin + lv * solid.cos;
  return true;
}

/**
 * The nearest place to (x, z) where a body fits: outside solids, inside the bounds. Sliding along walls follows from
 * it, since only the part of a step that goes into the wall is undone. Deterministic.
 */
export function resolve(map: CollisionMap, x: number, z: number): { x: number; z: number } {
  const point = { x, z };
  const { bounds } = map;
  for (let round = 0; round < ROUNDS; round++) {
    let moved = false;
    const solids = map.squares.get(squareKey(squareOf(point.x), squareOf(point.z)));
    if (solids) for (const solid of solids) moved = pushOut(point, solid) || moved;
    point.x = Math.max(bounds.minX + BODY_RADIUS, Math.min(bounds.maxX - BODY_RADIUS, point.x));
    point.z = Math.max(bounds.minZ + BODY_RADIUS, Math.min(bounds.maxZ - BODY_RADIUS, point.z));
    if (!moved) break;
  }
  return point;
}

/** True where a body fits without being pushed. */
export function isFree(map: CollisionMap, x: number, z: number): boolean {
  const { bounds } = map;
  if (x < bounds.minX + BODY_RADIUS || x > bounds.maxX - BODY_RADIUS) return false;
  if (z < bounds.minZ + BODY_RADIUS || z > bounds.maxZ - BODY_RADIUS) return false;
  const solids = map.squares.get(squareKey(squareOf(x), squareOf(z)));
  return !solids?.some((solid) => pushOut({ x, z }, solid));
}
