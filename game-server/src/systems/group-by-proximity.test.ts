import { JOIN_METRES, LEAVE_METRES } from '@chatmux/engine';
import { RUN_SPEED, TICK_HZ, WALK_SPEED } from '@chatmux/schema';
import { describe, expect, it } from 'vitest';
import { CircleField } from '../testing/circle-field.ts';
import { CIRCLE_CAP, JOIN_DWELL_TICKS, LEAVE_DWELL_TICKS } from './circle-rules.ts';

/** People in a row, `gap` metres apart, from a place on. */
function row(field: CircleField, ids: readonly number[], x: number, gap = 1): void {
  ids.forEach((id, i) => {
    field.join(id, x + i * gap, 0);
  });
}

const range = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i);

/** Ids of a row that have stood together long enough. */
function standing(...rows: [ids: readonly number[], x: number, gap?: number][]): CircleField {
  const field = new CircleField();
  for (const [ids, x, gap] of rows) row(field, ids, x, gap);
  field.ticks(JOIN_DWELL_TICKS + 1);
  return field;
}

describe('links', () => {
  it('[GP1] begin once they have been 1.7 s within 2.6 m, and not a tick sooner', () => {
    const field = new CircleField();
    row(field, [1, 2], 0, JOIN_METRES - 0.01);
    field.ticks(JOIN_DWELL_TICKS);
    expect(field.circle(1)).toBe(0);
    field.tick();
    expect(field.circle(1)).toBeGreaterThan(0);
    expect(field.members(field.circle(1))).toEqual([1, 2]);
    expect(field.world.changed).toEqual(new Set([1, 2]));
  });

  it('[GP1] do not begin beyond 2.6 m', () => {
    expect(standing([[1, 2], 0, JOIN_METRES + 0.01]).circle(1)).toBe(0);
  });

  it('[GP1] begin from the start after a break of one tick', () => {
    const field = new CircleField();
    row(field, [1, 2], 0, 2);
    field.ticks(JOIN_DWELL_TICKS - 1);
    field.put(2, JOIN_METRES + 0.2, 0);
    field.tick();
    field.put(2, 2, 0);
    field.ticks(JOIN_DWELL_TICKS);
    expect(field.circle(2)).toBe(0);
    field.tick();
    expect(field.circle(2)).toBeGreaterThan(0);
  });

  it('[GP1] never come of walking past at arm’s length, or of running past nearer by', () => {
    for (const [side, speed] of [
      [2.5, WALK_SPEED],
      [2.2, RUN_SPEED],
    ] as const) {
      const field = standing([[1, 2], 0, 0]);
      field.join(3, -10, side);
      for (let x = -10; x < 10; x += speed / TICK_HZ) {
        field.put(3, x, side);
        field.tick();
        expect(field.circle(3)).toBe(0);
      }
    }
  });

  it('[GP2] end after half a second beyond 3.6 m', () => {
    const field = standing([[1, 2], 0]);
    field.put(2, LEAVE_METRES + 0.01, 0);
    field.ticks(LEAVE_DWELL_TICKS);
    expect(field.circle(2)).toBeGreaterThan(0);
    field.tick();
    expect([field.circle(1), field.circle(2)]).toEqual([0, 0]);
    expect(field.world.grouping.circles.size).toBe(0);
  });

  it('[GP2] hold between 2.6 m and 3.6 m, and when somebody is back in time', () => {
    const field = standing([[1, 2], 0]);
    field.put(2, LEAVE_METRES - 0.01, 0);
    field.ticks(100);
    expect(field.circle(2)).toBeGreaterThan(0);
    for (let i = 0; i < 20; i++) {
      field.put(2, LEAVE_METRES + 1, 0);
      field.ticks(LEAVE_DWELL_TICKS - 1);
      field.put(2, LEAVE_METRES - 0.1, 0);
      field.tick();
      expect(field.circle(2)).toBeGreaterThan(0);
    }
  });

  const cuts = {
    'are away': (field: CircleField) => {
      field.person(2).here = false;
    },
    'are busy': (field: CircleField) => {
      field.person(2).busy = true;
    },
    'went into a room': (field: CircleField) => {
      field.person(2).zones = { room: 0 };
    },
    left: (field: CircleField) => {
      field.people.delete(2);
    },
  };
  for (const [what, act] of Object.entries(cuts))
    it(`[GP3] end at once where they ${what}`, () => {
      const field = standing([[1, 2], 0]);
      act(field);
      field.tick();
      expect(field.circle(1)).toBe(0);
      field.ticks(JOIN_DWELL_TICKS + 1);
      expect(field.circle(1)).toBe(0);
    });

  it('[GP3] hold where both go into the same room at once', () => {
    const field = standing([[1, 2], 0]);
    for (const id of [1, 2]) field.person(id).zones = { room: 4 };
    field.tick();
    expect(field.circle(1)).toBeGreaterThan(0);
  });
});

describe('circles', () => {
  it('[GP4] reach over others: a row is one circle', () => {
    const field = standing([range(1, 6), 0, 2.5]);
    expect(field.members(field.circle(1))).toEqual(range(1, 6));
  });

  it('[GP4] fall into two where the one between goes', () => {
    const field = standing([range(1, 5), 0, 2.5]);
    field.person(3).busy = true;
    field.tick();
    expect(field.members(field.circle(1))).toEqual([1, 2]);
    expect(field.members(field.circle(5))).toEqual([4, 5]);
    expect(field.circle(3)).toBe(0);
  });

  it(`[GP5] hold at most ${CIRCLE_CAP}: who comes later makes a circle of their own`, () => {
    const field = standing([range(1, CIRCLE_CAP), 0]);
    const full = field.circle(1);
    row(field, [50, 51, 52], CIRCLE_CAP);
    field.ticks(JOIN_DWELL_TICKS + 1);
    expect(field.members(full)).toEqual(range(1, CIRCLE_CAP));
    expect(field.members(field.circle(50))).toEqual([50, 51, 52]);
  });

  it('[GP5] take in who waits as soon as there is room', () => {
    const field = standing([range(1, CIRCLE_CAP), 0]);
    field.join(50, CIRCLE_CAP, 0);
    field.ticks(JOIN_DWELL_TICKS + 1);
    expect(field.circle(50)).toBe(0);
    field.people.delete(1);
    field.tick();
    expect(field.circle(50)).toBe(field.circle(2));
    expect(field.members(field.circle(50))).toHaveLength(CIRCLE_CAP);
  });

  it('[GP5] split a crowd that stood together from the start', () => {
    const field = standing([range(1, 40), 0]);
    const sizes = [...field.world.grouping.circles.values()].map((circle) => circle.members.size);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(CIRCLE_CAP);
    expect(sizes.reduce((a, b) => a + b)).toBeGreaterThan(36);
  });
});

describe('ids', () => {
  it('[GP6] stay with the largest part', () => {
    const field = standing([range(1, 7), 0, 2.5]);
    const id = field.circle(1);
    field.person(3).busy = true;
    field.tick();
    expect(field.members(id)).toEqual([4, 5, 6, 7]);
    expect(field.circle(1)).not.toBe(id);
  });

  it('[GP6] stay with the part of the lowest id where two are as large', () => {
    const field = standing([range(1, 5), 0, 2.5]);
    const id = field.circle(1);
    field.person(3).busy = true;
    field.tick();
    expect(field.members(id)).toEqual([1, 2]);
  });

  it('[GP6] are the larger circle’s where two become one, and the lower one of equals', () => {
    for (const [left, right] of [
      [2, 3],
      [3, 3],
    ] as const) {
      const field = standing([range(1, left), 0], [range(11, right), 20]);
      const ids = [field.circle(1), field.circle(11)];
      for (const id of range(11, right)) field.put(id, left + id - 11, 0);
      field.world.grouping.changedCircles.clear();
      field.ticks(JOIN_DWELL_TICKS + 1);
      const [kept, over] = left === right ? ids : ids.reverse();
      expect(field.members(kept ?? 0)).toHaveLength(left + right);
      expect(field.world.grouping.changedCircles).toEqual(new Set([over]));
    }
  });

  it('[GP7] are not used again until all others were, and never twice at a time', () => {
    const field = standing([[1, 2], 0]);
    expect(field.circle(1)).toBe(1);
    for (const id of [1, 2]) field.people.delete(id);
    row(field, [3, 4], 0);
    field.ticks(JOIN_DWELL_TICKS + 1);
    expect(field.circle(3)).toBe(2);
    field.world.grouping.nextId = 65535;
    row(field, [5, 6], 30);
    row(field, [7, 8], 60);
    row(field, [9, 10], 90);
    field.ticks(JOIN_DWELL_TICKS + 1);
    expect([5, 7, 9].map((id) => field.circle(id))).toEqual([65535, 1, 3]);
  });
});

describe('a copy of the state', () => {
  it('[GP12] goes on as the original would', () => {
    const field = standing([range(1, 5), 0, 2.5]);
    field.put(5, 14, 0);
    field.ticks(4);
    field.join(6, 0, 1);
    field.ticks(3);
    const before = structuredClone(field.world.grouping);
    field.reload();
    field.tick();
    expect(field.world.grouping).toEqual(before);
    field.ticks(2);
    expect(field.circle(5)).toBeGreaterThan(0);
    field.tick();
    expect(field.circle(5)).toBe(0);
    field.ticks(JOIN_DWELL_TICKS - 7);
    expect(field.circle(6)).toBe(0);
    field.tick();
    expect(field.circle(6)).toBe(field.circle(1));
  });
});
