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
 *
 * @param possible each pair once
 */
export function choosePairs(
  possible: readonly PossiblePair[],
  before: ReadonlySet<number>,
): ReadonlySet<number> {
  const degrees = new Map<PersonId, number>();
  for (const { a, b } of possible) {
    degrees.set(a, (degrees.get(a) ?? 0) + 1);
    degrees.set(b, (degrees.get(b) ?? 0) + 1);
  }
  const hasMany = (id: PersonId) => (degrees.get(id) ?? 0) > MAX_DIRECT;
  const chosen = new Set<number>();
  const contested: PossiblePair[] = [];
  for (const pair of possible)
    if (hasMany(pair.a) || hasMany(pair.b)) contested.push(pair);
    else chosen.add(pairKey(pair.a, pair.b));
  if (contested.length > 0) chooseAmong(contested, before, chosen);
  return chosen;
}

/** Adds the best of those pairs in which somebody has too many; who has few takes all of theirs. */
function chooseAmong(contested: readonly PossiblePair[], before: ReadonlySet<number>, chosen: Set<number>) {
  const ranked = contested.map(({ a, b, apart, plays }) => {
    const key = pairKey(a, b);
    return { a, b, key, plays, rank: before.has(key) ? apart * STAYING : apart };
  });
  ranked.sort(
    (one, two) => Number(two.plays) - Number(one.plays) || one.rank - two.rank || one.key - two.key,
  );
  const counts = new Map<PersonId, number>();
  for (const { a, b, key } of ranked) {
    const [ofA, ofB] = [counts.get(a) ?? 0, counts.get(b) ?? 0];
    if (ofA >= MAX_DIRECT || ofB >= MAX_DIRECT) continue;
    chosen.add(key);
    counts.set(a, ofA + 1);
    counts.set(b, ofB + 1);
  }
}
