import { TICK_HZ, WALK_SPEED } from '@chatmux/schema';
import { describe, expect, it } from 'vitest';
import { CircleField } from '../testing/circle-field.ts';
import { seededRandom } from '../testing/circle-life.ts';
import { pairKey } from '../world/grouping.ts';
import { CROWDED_TURN_TICKS, JOIN_DWELL_TICKS, TIE_CAP, WAITING_CAP } from './circle-rules.ts';

const range = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i);

/** How many ties each has. */
function countTies({ world }: CircleField): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { a, b } of world.grouping.links.values())
    for (const id of [a, b]) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

const tiesOf = ({ world }: CircleField, id: number) =>
  [...world.grouping.links.values()].flatMap(({ a, b }) => (a === id ? b : b === id ? a : []));

/** People in one spot, in the order of `ids`, each at a place that follows from the id alone. */
function crush(ids: readonly number[]): CircleField {
  const field = new CircleField();
  for (const id of ids) field.join(id, ((id * 37) % 101) / 100, ((id * 61) % 97) / 97);
  return field;
}

describe('[GP13] room for ties', () => {
  it('is for 24, the nearest first', () => {
    const field = new CircleField();
    field.join(1, 0, 0);
    for (const id of range(2, 40)) field.join(id, id * 0.05, 0);
    field.tick();
    expect(Math.max(...countTies(field).values())).toBe(TIE_CAP);
    // Whoever is nearer to the middle of the row has neighbours on both sides: the first one gets what they leave.
    const middle = tiesOf(field, 20);
    expect(middle.sort((a, b) => a - b)).toEqual([...range(8, 12), ...range(21, 12)]);
  });

  it('is given out alike, in whatever order people came', () => {
    const ids = range(1, 80);
    const one = crush(ids);
    const two = crush([...ids].reverse());
    for (const field of [one, two]) field.ticks(JOIN_DWELL_TICKS + 20);
    expect(two.world.grouping).toEqual(one.world.grouping);
  });

  it('is left for company, though circles that are full stand all about', () => {
    const field = crush(range(1, 33));
    field.ticks(4 * JOIN_DWELL_TICKS);
    const alone = [...field.people.values()].filter(({ circle }) => circle === 0);
    expect(alone).toHaveLength(1);
    const { id, mover } = alone[0] ?? field.person(1);
    expect(countTies(field).get(id)).toBeLessThanOrEqual(WAITING_CAP);
    field.join(50, mover.shown.x, mover.shown.z + 0.1);
    field.ticks(JOIN_DWELL_TICKS + CROWDED_TURN_TICKS);
    expect(field.members(field.circle(50))).toEqual([id, 50]);
  });

  it('is found by those whose neighbours are all taken', () => {
    const field = crush(range(1, 60));
    field.ticks(JOIN_DWELL_TICKS);
    field.join(100, 0.5, 2.6);
    field.join(101, 0.6, 2.8);
    field.ticks(JOIN_DWELL_TICKS + CROWDED_TURN_TICKS + 1);
    expect(field.circle(100)).toBeGreaterThan(0);
    expect(field.circle(101)).toBe(field.circle(100));
  });

  it('never ends what is linked in a circle, however many come', () => {
    const field = crush(range(1, 16));
    field.ticks(JOIN_DWELL_TICKS + 20);
    const circle = field.members(field.circle(1));
    const inside = () => [...field.world.grouping.links.values()].filter(({ b }) => b <= 16).length;
    const before = inside();
    expect(circle).toEqual(range(1, 16));
    for (const id of range(100, 100)) {
      field.join(id, 0.5 + (id % 7) / 50, 0.5 + (id % 11) / 50);
      field.ticks(2);
      expect(inside()).toBe(before);
    }
    expect(field.members(field.circle(1))).toEqual(circle);
  });

  it('is free again soon where people walk past: two who stand among them find each other', {
    timeout: 30_000,
  }, () => {
    for (const seed of range(1, 3)) {
      const stream = new Stream(seed);
      stream.field.join(1, 0, 0);
      const taken: number[] = [];
      for (let tick = 0; tick < 2 * JOIN_DWELL_TICKS; tick++) {
        stream.tick();
        taken.push(tiesOf(stream.field, 1).length);
      }
      // Else nothing was in their way.
      expect(Math.max(...taken)).toBe(TIE_CAP);
      stream.field.join(2, 0.8, 0);
      for (let tick = 0; tick < JOIN_DWELL_TICKS + TICK_HZ; tick++) stream.tick();
      const link = stream.field.world.grouping.links.get(pairKey(1, 2));
      expect(link?.linked, `stream ${seed}`).toBe(true);
    }
  });
});

/** Three people on each square metre who walk both ways along a street, each at a pace of their own. */
class Stream {
  readonly field = new CircleField();
  private readonly walkers: { id: number; x: number; z: number; pace: number }[];

  constructor(seed: number) {
    const random = seededRandom(seed);
    this.walkers = range(100, 300).map((id) => ({
      id,
      x: random() * 20,
      z: random() * 5 - 2.5,
      pace: ((0.7 + random() * 0.6) * WALK_SPEED * (id % 2 === 0 ? 1 : -1)) / TICK_HZ,
    }));
    for (const { id, x, z } of this.walkers) this.field.join(id, x - 10, z);
  }

  tick(): void {
    for (const walker of this.walkers) {
      walker.x = (walker.x + walker.pace + 20) % 20;
      this.field.put(walker.id, walker.x - 10, walker.z);
    }
    this.field.tick();
  }
}
