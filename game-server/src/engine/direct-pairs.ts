import type { Metres, PersonId } from '@chatmux/schema';

/** Direct connections one person has at most: each one more is a sender and an encoder more in their browser. */
export const MAX_DIRECT = 8;
/** A pair that is connected already counts as so much nearer. */
const STAYING = 0.85;

/** Two who might be connected directly. */
export interface PossiblePair {
  readonly a: PersonId;
  readonly b: PersonId;
  readonly apart: Metres;
  /** One of them is to hear or see the other now, and not just to be prepared. */
  readonly plays: boolean;
}

/** One number for two people, in any order. */
export function pairKey(a: PersonId, b: PersonId): number {
  return Math.min(a, b) * 0x10000 + Math.max(a, b);
}

/** The two of a key. */
export function pairOf(key: number): [PersonId, PersonId] {
  return [Math.floor(key / 0x10000), key % 0x10000];
}

/**
 * Which pairs are connected directly, by their keys.
 *
 * - [DP1] Nobody has more than 8.
 * - [DP2] Pairs of whom one receives the other come first, then the nearest; of equals, lower ids.
 * - [DP3] Who is connected already counts as 15 % nearer, so that two at like distance aren't swapped.
 */
export function choosePairs(
  possible: readonly PossiblePair[],
  before: ReadonlySet<number>,
): ReadonlySet<number> {
  const ranked = possible.map(({ a, b, apart, plays }) => {
    const key = pairKey(a, b);
    return { key, plays, rank: before.has(key) ? apart * STAYING : apart };
  });
  ranked.sort(
    (one, two) => Number(two.plays) - Number(one.plays) || one.rank - two.rank || one.key - two.key,
  );
  const counts = new Map<PersonId, number>();
  const chosen = new Set<number>();
  for (const { key } of ranked) {
    if (chosen.has(key)) continue;
    const [a, b] = pairOf(key);
    const [ofA, ofB] = [counts.get(a) ?? 0, counts.get(b) ?? 0];
    if (ofA >= MAX_DIRECT || ofB >= MAX_DIRECT) continue;
    chosen.add(key);
    counts.set(a, ofA + 1);
    counts.set(b, ofB + 1);
  }
  return chosen;
}
