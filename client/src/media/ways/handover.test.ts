import { describe, expect, it } from 'vitest';
import { chooseWay, HOLD_MS, LIMIT_MS, mayLetGo, type Offer } from './handover.ts';

const OLD = 1;
const NEW = 2;
const on: Offer = { flows: true, seen: true };
const told: Offer = { flows: true, seen: false };
const off: Offer = { flows: false, seen: false };
const ways = (old: Offer | undefined, next: Offer | undefined) =>
  new Map([...(old ? [[OLD, old] as const] : []), ...(next ? [[NEW, next] as const] : [])]);

describe('the way that is used', () => {
  it('[HO1] is kept while it is the right one', () => {
    expect(chooseWay(ways(undefined, told), NEW, NEW)).toBe(NEW);
    expect(chooseWay(ways(on, told), NEW, NEW)).toBe(NEW);
    expect(chooseWay(ways(undefined, off), NEW, NEW)).toBe(NEW);
  });
  it('[HO2] changes when media has arrived by the new one, and not before', () => {
    expect(chooseWay(ways(on, undefined), OLD, NEW)).toBe(OLD);
    expect(chooseWay(ways(on, off), OLD, NEW)).toBe(OLD);
    expect(chooseWay(ways(on, told), OLD, NEW)).toBe(OLD);
    expect(chooseWay(ways(on, on), OLD, NEW)).toBe(NEW);
  });
  it('[HO3] changes at once when the old one is gone or has stopped', () => {
    expect(chooseWay(ways(undefined, told), OLD, NEW)).toBe(NEW);
    expect(chooseWay(ways(off, told), OLD, NEW)).toBe(NEW);
    expect(chooseWay(ways(on, off), NEW, NEW)).toBe(OLD);
    expect(chooseWay(ways(on, undefined), undefined, undefined)).toBe(OLD);
  });
  it('[HO4] stays where nothing flows, and is none where there is none', () => {
    expect(chooseWay(ways(off, off), OLD, NEW)).toBe(OLD);
    expect(chooseWay(ways(off, off), undefined, NEW)).toBe(NEW);
    expect(chooseWay(ways(off, off), undefined, undefined)).toBe(NEW);
    expect(chooseWay(new Map(), OLD, NEW)).toBeUndefined();
  });

  it('follows a change over from the first word to the last', () => {
    /** What happens to the two offers, by the millisecond. */
    const story: [number, Offer | undefined, Offer | undefined][] = [
      [0, on, undefined],
      [200, on, off],
      [400, on, told],
      [460, on, on],
      [5000, undefined, on],
      [9000, undefined, off],
    ];
    let used: number | undefined = OLD;
    const heard = story.map(([at, old, next]) => {
      used = chooseWay(ways(old, next), used, NEW);
      return [at, used];
    });
    expect(heard).toEqual([
      [0, OLD],
      [200, OLD],
      [400, OLD],
      [460, NEW],
      [5000, NEW],
      [9000, NEW],
    ]);
  });
});

describe('the old way', () => {
  it('is held a while for the other side, then let go once nothing is heard by it', () => {
    expect(mayLetGo(HOLD_MS - 1, false)).toBe(false);
    expect(mayLetGo(HOLD_MS, false)).toBe(true);
    expect(mayLetGo(HOLD_MS, true)).toBe(false);
  });
  it('does not wait for ever for one that never comes', () => {
    expect(mayLetGo(LIMIT_MS - 1, true)).toBe(false);
    expect(mayLetGo(LIMIT_MS, true)).toBe(true);
  });
});
