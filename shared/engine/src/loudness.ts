import type { Carry, Metres } from '@chatmux/schema';

/** Full loudness up to here, half at HALF, silence from EDGE on. */
export const FLAT_METRES = 3;
export const HALF_METRES = 8;
export const EDGE_METRES = 16;

/**
 * Slope at the half point, per metre: weighted harmonic mean of the two secants, which keeps a cubic Hermite
 * interpolant monotone (Fritsch and Carlson 1980, in the form of Fritsch and Butland 1984).
 */
const HALF_SLOPE = (() => {
  const near = HALF_METRES - FLAT_METRES;
  const far = EDGE_METRES - HALF_METRES;
  const [a, b] = [-0.5 / near, -0.5 / far];
  const [wa, wb] = [2 * far + near, far + 2 * near];
  return (wa + wb) / (wa / a + wb / b);
})();

/** Cubic Hermite on [0, 1] between values p0, p1 with slopes m0, m1. */
function hermite(t: number, p0: number, m0: number, p1: number, m1: number): number {
  const t2 = t * t;
  const t3 = t2 * t;
  return (2 * t3 - 3 * t2 + 1) * p0 + (t3 - 2 * t2 + t) * m0 + (3 * t2 - 2 * t3) * p1 + (t3 - t2) * m1;
}

/**
 * How loud a voice is at a distance, as an amplitude factor from 1 to 0.
 * Flat to 3 m, 0.5 (−6 dB) at 8 m, 0 from 16 m; between, smooth (continuous slope) and never rising.
 */
export function loudnessAt(distance: Metres): number {
  if (!(distance > FLAT_METRES)) return Number.isNaN(distance) ? 0 : 1;
  if (distance >= EDGE_METRES) return 0;
  if (distance <= HALF_METRES) {
    const span = HALF_METRES - FLAT_METRES;
    return hermite((distance - FLAT_METRES) / span, 1, 0, 0.5, HALF_SLOPE * span);
  }
  const span = EDGE_METRES - HALF_METRES;
  return hermite((distance - HALF_METRES) / span, 0.5, HALF_SLOPE * span, 0, 0);
}

/** Where voices end in a quiet corner. */
export const QUIET_EDGE_METRES = 5;
const QUIET_FACTOR = EDGE_METRES / QUIET_EDGE_METRES;

/** The distance at which a voice that carries plainly would be as loud. Whole: as if face to face, however far. */
export function apparentDistance(distance: Metres, carry: Carry): Metres {
  if (carry === 'whole') return Math.min(distance, FLAT_METRES);
  return carry === 'quiet' ? distance * QUIET_FACTOR : distance;
}

/** How loud a voice is that carries in a way, as an amplitude factor from 1 to 0. */
export function loudnessOf(distance: Metres, carry: Carry): number {
  return loudnessAt(apparentDistance(distance, carry));
}
