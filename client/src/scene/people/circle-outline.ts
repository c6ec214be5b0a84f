import type { Metres } from '@chatmux/schema';

/**
 * The outline around people who stand together: a hull with round corners, kept as how far it reaches in each of some
 * directions. Reaches can be eased one by one: whatever lies between two hulls is a hull too, so that an outline that
 * follows people never folds.
 */

/** Directions looked in. */
export const DIRECTIONS = 40;

const STEP = (Math.PI * 2) / DIRECTIONS;
const COS = Float64Array.from({ length: DIRECTIONS }, (_, k) => Math.cos(k * STEP));
const SIN = Float64Array.from({ length: DIRECTIONS }, (_, k) => Math.sin(k * STEP));
/** From the middle between a direction and the next: where corners of the outline lie. */
export const CORNER_COS = Float64Array.from({ length: DIRECTIONS }, (_, k) => Math.cos((k + 0.5) * STEP));
export const CORNER_SIN = Float64Array.from({ length: DIRECTIONS }, (_, k) => Math.sin((k + 0.5) * STEP));
const SIN_STEP = Math.sin(STEP);

export interface Place {
  x: Metres;
  z: Metres;
}

/**
 * Moves an outline's reaches towards the hull around places.
 * @param reaches DIRECTIONS of them, in metres from the world's origin; changed in place
 * @param margin how far the hull keeps from the places
 * @param share 0 stays, 1 is there at once
 */
export function reachFor(
  reaches: Float64Array,
  places: readonly Place[],
  count: number,
  margin: Metres,
  share: number,
): void {
  for (let k = 0; k < DIRECTIONS; k++) {
    const [cos, sin] = [COS[k] ?? 0, SIN[k] ?? 0];
    let most = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < count; i++) {
      const place = places[i];
      if (place) most = Math.max(most, place.x * cos + place.z * sin);
    }
    const before = reaches[k] ?? 0;
    reaches[k] = before + (most + margin - before) * share;
  }
}

/** Corner k of an outline, between the directions k and k + 1. Writes into `out`. */
export function cornerOf(reaches: Float64Array, k: number, out: Place): Place {
  const next = (k + 1) % DIRECTIONS;
  const [a, b] = [reaches[k] ?? 0, reaches[next] ?? 0];
  out.x = (a * (SIN[next] ?? 0) - b * (SIN[k] ?? 0)) / SIN_STEP;
  out.z = (b * (COS[k] ?? 0) - a * (COS[next] ?? 0)) / SIN_STEP;
  return out;
}

/** The outline around places as corners, for drawings that are made now and then. */
export function outlineOf(places: readonly Place[], margin: Metres): Place[] {
  if (places.length === 0) return [];
  const reaches = new Float64Array(DIRECTIONS);
  reachFor(reaches, places, places.length, margin, 1);
  return Array.from({ length: DIRECTIONS }, (_, k) => cornerOf(reaches, k, { x: 0, z: 0 }));
}
