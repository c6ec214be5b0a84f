/**
 * Numbers from 0 up to 1 that look random and are the same for the same seed, so that everyone sees the same trees.
 * (mulberry32.)
 */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A seed from a place: things keep their shape when others are added to the file. */
export function placeSeed(x: number, z: number): number {
  return (Math.imul(Math.round(x * 16), 73856093) ^ Math.imul(Math.round(z * 16), 19349663)) >>> 0;
}

/** Soft bumps over space from −1 to 1, smooth, without a table: three sines that never line up. */
export function bumps(x: number, y: number, z: number): number {
  return (
    (Math.sin(x * 2.1 + y * 1.7 + 0.3) +
      Math.sin(y * 2.9 - z * 1.9 + 1.7) +
      Math.sin(z * 2.3 + x * 1.3 - y * 0.7 + 4.1)) /
    3
  );
}
