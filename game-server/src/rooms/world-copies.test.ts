import { describe, expect, it } from 'vitest';
import { copyOrder, lowestFreeCopy, type WorldCopy } from './world-copies.ts';

const copy = (number: number, keeps = false): WorldCopy => ({ roomId: `r${number}`, copy: number, keeps });
const order = (copies: WorldCopy[], asked?: number) => copyOrder(copies, asked).map((one) => one.copy);

describe('copyOrder', () => {
  it('goes by number', () => expect(order([copy(10), copy(2), copy(1)])).toEqual([1, 2, 10]));
  it('puts the one asked for first', () => expect(order([copy(1), copy(2), copy(3)], 2)).toEqual([2, 1, 3]));
  it('puts the kept seat before the rest', () =>
    expect(order([copy(1), copy(2), copy(3, true)])).toEqual([3, 1, 2]));
  it('asks the kept seat only after the one asked for', () =>
    expect(order([copy(1), copy(2), copy(3, true)], 2)).toEqual([2, 3, 1]));
  it('takes no notice of a number that is not there', () =>
    expect(order([copy(1), copy(2)], 5)).toEqual([1, 2]));
});

describe('lowestFreeCopy', () => {
  it.each([
    [[], 1],
    [[1, 2], 3],
    [[2, 3], 1],
    [[1, 3], 2],
    [[1, 2, 3, 4], undefined],
    [[5, 6, 7, 8], undefined],
  ])('of %j is %s where four may be', (taken, free) => expect(lowestFreeCopy(taken, 4)).toBe(free));
});
