import { describe, expect, it } from 'vitest';
import { choosePairs, MAX_DIRECT, type PossiblePair, pairKey, pairOf } from './direct-pairs.ts';

const NONE = new Set<number>();
const pair = (a: number, b: number, apart: number, plays = true): PossiblePair => ({ a, b, apart, plays });
/** Everyone with everyone, on a line, a metre apart. */
const line = (count: number) =>
  Array.from({ length: count }, (_, i) => i + 1).flatMap((a) =>
    Array.from({ length: count - a }, (_, i) => pair(a, a + i + 1, i + 1)),
  );
const othersOf = (id: number, chosen: ReadonlySet<number>) =>
  [...chosen].map(pairOf).flatMap(([a, b]) => (a === id ? [b] : b === id ? [a] : []));

describe('direct pairs', () => {
  it('name two people by one number, in any order', () => {
    expect(pairOf(pairKey(65_535, 7))).toEqual([7, 65_535]);
    expect(pairKey(3, 4)).toBe(pairKey(4, 3));
  });
  it('[DP1] are at most eight a person, and all where there are fewer people', () => {
    const chosen = choosePairs(line(40), NONE);
    for (let id = 1; id <= 40; id++) expect(othersOf(id, chosen).length).toBeLessThanOrEqual(MAX_DIRECT);
    expect(othersOf(20, chosen).sort((a, b) => a - b)).toEqual([16, 17, 18, 19, 21, 22, 23, 24]);
    expect(choosePairs(line(9), NONE).size).toBe(36);
  });
  it('[DP2] take those who receive each other first, then the nearest', () => {
    const prepared = Array.from({ length: 8 }, (_, i) => pair(1, i + 2, 1 + i, false));
    const chosen = choosePairs([...prepared, pair(1, 50, 16)], NONE);
    expect(othersOf(1, chosen).sort((a, b) => a - b)).toEqual([2, 3, 4, 5, 6, 7, 8, 50]);
  });
  it('[DP3] keep who is there at like distance, and let a nearer one in', () => {
    const eight = Array.from({ length: 8 }, (_, i) => pair(1, i + 2, 10));
    const before = choosePairs(eight, NONE);
    expect(choosePairs([...eight, pair(1, 50, 9)], before)).toEqual(before);
    expect(othersOf(1, choosePairs([...eight, pair(1, 50, 8)], before))).toContain(50);
  });
});
