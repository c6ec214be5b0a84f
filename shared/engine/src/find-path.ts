import type { Metres } from '@chatmux/schema';
import { type CollisionMap, isFree, resolve } from './collision.ts';

export interface Point {
  x: Metres;
  z: Metres;
}

const GRID_METRES = 0.5;
/** So far beside what is solid a way ends: edges themselves are a matter of rounding. */
const MARGIN_METRES = 0.01;
const DIAGONAL = Math.SQRT2;
const NEIGHBOURS = [
  [1, 0, 1],
  [-1, 0, 1],
  [0, 1, 1],
  [0, -1, 1],
  [1, 1, DIAGONAL],
  [1, -1, DIAGONAL],
  [-1, 1, DIAGONAL],
  [-1, -1, DIAGONAL],
] as const;

/** True when a body can walk straight from one point to the other. */
export function isClear(map: CollisionMap, from: Point, to: Point): boolean {
  const distance = Math.hypot(to.x - from.x, to.z - from.z);
  const parts = Math.max(1, Math.ceil(distance / (GRID_METRES / 2)));
  for (let i = 1; i <= parts; i++) {
    const t = i / parts;
    if (!isFree(map, from.x + (to.x - from.x) * t, from.z + (to.z - from.z) * t)) return false;
  }
  return true;
}

/** A binary heap of grid nodes by estimated length. */
class Frontier {
  private readonly items: { key: number; cost: number }[] = [];
  get size(): number {
    return this.items.length;
  }
  push(key: number, cost: number): void {
    const { items } = this;
    items.push({ key, cost });
    let at = items.length - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((items[parent]?.cost ?? 0) <= cost) break;
      this.swap(at, parent);
      at = parent;
    }
  }
  pop(): number | undefined {
    const { items } = this;
    const top = items[0];
    const last = items.pop();
    if (!top || !last) return undefined;
    if (items.length > 0) {
      items[0] = last;
      let at = 0;
      for (;;) {
        const left = at * 2 + 1;
        if (left >= items.length) break;
        const right = left + 1;
        const costOf = (i: number) => items[i]?.cost ?? Number.POSITIVE_INFINITY;
        const child = costOf(right) < costOf(left) ? right : left;
        if (costOf(child) >= costOf(at)) break;
        this.swap(at, child);
        at = child;
      }
    }
    return top.key;
  }
  private swap(a: number, b: number): void {
    const { items } = this;
    const [itemA, itemB] = [items[a], items[b]];
    if (itemA && itemB) [items[a], items[b]] = [itemB, itemA];
  }
}

/**
 * A short way on foot around what is solid (A* on a half-metre grid, then straightened), for click-to-walk.
 * @param limit grid nodes looked at before giving up
 * @returns points to walk to in turn, the last one being the one that is wanted or, where nobody fits there or no way
 *   leads there, the reachable point nearest to it; empty when already there
 */
export function findPath(map: CollisionMap, from: Point, wanted: Point, limit = 20_000): Point[] {
  // Without this a click on a table would have all the world looked through.
  const to = isFree(map, wanted.x, wanted.z) ? wanted : beside(map, wanted);
  if (isClear(map, from, to)) return [to];
  const column = (p: Point) => Math.round(p.x / GRID_METRES) + 2048;
  const row = (p: Point) => Math.round(p.z / GRID_METRES) + 2048;
  const keyOf = (c: number, r: number) => c * 4096 + r;
  const pointOf = (key: number): Point => ({
    x: (Math.floor(key / 4096) - 2048) * GRID_METRES,
    z: ((key % 4096) - 2048) * GRID_METRES,
  });
  const left = (p: Point) => Math.hypot(to.x - p.x, to.z - p.z);
  const start = keyOf(column(from), row(from));
  const walked = new Map<number, number>([[start, 0]]);
  const cameFrom = new Map<number, number>();
  const closed = new Set<number>();
  const frontier = new Frontier();
  frontier.push(start, left(from));
  let nearest = start;
  let arrived = false;
  let looked = 0;
  while (frontier.size > 0 && looked < limit) {
    const key = frontier.pop();
    if (key === undefined) break;
    if (closed.has(key)) continue;
    closed.add(key);
    looked++;
    const here = pointOf(key);
    if (left(here) < left(pointOf(nearest))) nearest = key;
    // The grid's point nearest to it may be in a wall; any that is beside it will do.
    arrived = left(here) <= GRID_METRES && isClear(map, here, to);
    if (arrived) {
      nearest = key;
      break;
    }
    const [c, r] = [Math.floor(key / 4096), key % 4096];
    for (const [dc, dr, length] of NEIGHBOURS) {
      const next = keyOf(c + dc, r + dr);
      if (closed.has(next)) continue;
      const point = pointOf(next);
      if (!isFree(map, point.x, point.z)) continue;
      // A diagonal step must not cut a corner.
      if (dc !== 0 && dr !== 0) {
        const side = pointOf(keyOf(c + dc, r));
        const other = pointOf(keyOf(c, r + dr));
        if (!isFree(map, side.x, side.z) || !isFree(map, other.x, other.z)) continue;
      }
      const metres = (walked.get(key) ?? 0) + length * GRID_METRES;
      if (metres >= (walked.get(next) ?? Number.POSITIVE_INFINITY)) continue;
      walked.set(next, metres);
      cameFrom.set(next, key);
      frontier.push(next, metres + left(point));
    }
  }
  const points: Point[] = [];
  for (let key: number | undefined = nearest; key !== undefined && key !== start; key = cameFrom.get(key))
    points.push(pointOf(key));
  points.reverse();
  if (arrived) points.push(to);
  return straighten(map, from, points);
}

/** The edge of what stands at a point, and a little farther. */
function beside(map: CollisionMap, wanted: Point): Point {
  const edge = resolve(map, wanted.x, wanted.z);
  const metres = Math.hypot(edge.x - wanted.x, edge.z - wanted.z) || 1;
  const farther = 1 + MARGIN_METRES / metres;
  return {
    x: wanted.x + (edge.x - wanted.x) * farther,
    z: wanted.z + (edge.z - wanted.z) * farther,
  };
}

/** Leaves out points that need not be visited. */
function straighten(map: CollisionMap, from: Point, points: Point[]): Point[] {
  const path: Point[] = [];
  let at = from;
  for (let i = 0; i < points.length; ) {
    let far = i;
    for (let j = i + 1; j < points.length; j++) {
      const point = points[j];
      if (!point || !isClear(map, at, point)) break;
      far = j;
    }
    const next = points[far];
    if (!next) break;
    path.push(next);
    at = next;
    i = far + 1;
  }
  return path;
}
