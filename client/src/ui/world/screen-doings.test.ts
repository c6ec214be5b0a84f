import { describe, expect, it } from 'vitest';
import type { NearPerson } from '../../store/types.ts';
import { largeScreenOf, screensShown } from './screen-doings.ts';

const near = (id: number): NearPerson => ({ id, metres: 2, heard: true, hearsUs: true, video: 0 });
// What is in it is not looked at.
const picture = {} as MediaStream;

describe('the screens shown', () => {
  const screens = { 3: picture, 5: picture, 9: picture };

  it('come nearest first, and those from afar last', () => {
    expect(screensShown({ screens, near: [near(9), near(4), near(5)] })).toEqual([9, 5, 3]);
  });

  it('have one that is large: the nearest, or the one chosen while it is there', () => {
    const state = { screens, near: [near(9)] };
    expect(largeScreenOf({ ...state, largeScreen: { id: undefined, full: false } })).toBe(9);
    expect(largeScreenOf({ ...state, largeScreen: { id: 3, full: true } })).toBe(3);
    expect(largeScreenOf({ ...state, largeScreen: { id: 4, full: true } })).toBe(9);
    expect(largeScreenOf({ screens: {}, near: [], largeScreen: { id: 3, full: true } })).toBeUndefined();
  });
});
