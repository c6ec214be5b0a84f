import { KNOCK_PAUSE_TICKS, KNOCK_TICKS, LET_IN_TICKS } from '@chatmux/engine';
import type { ProblemCode } from '@chatmux/schema';
import { describe, expect, it } from 'vitest';
import { CircleField } from '../testing/circle-field.ts';
import { CIRCLE_CAP, JOIN_DWELL_TICKS, LEAVE_DWELL_TICKS } from './circle-rules.ts';

/** 1 and 2 in a locked circle, 3 close to it. */
function locked(at = 3): { field: CircleField; circle: number } {
  const field = new CircleField();
  field.join(1, 0, 0);
  field.join(2, 1, 0);
  field.ticks(JOIN_DWELL_TICKS + 1);
  field.ask(1, { do: 'lock' });
  field.join(3, at, 0);
  field.ticks(JOIN_DWELL_TICKS + 1);
  return { field, circle: field.circle(1) };
}

const refused = (code: ProblemCode) => expect.objectContaining({ code });

describe('a locked circle', () => {
  it('[GP8] takes nobody in', () => {
    const { field, circle } = locked();
    expect(field.isLocked(circle)).toBe(true);
    field.ticks(200);
    expect(field.members(circle)).toEqual([1, 2]);
    expect(field.circle(3)).toBe(0);
  });

  it('[GP8] takes in who stands there as soon as it is unlocked', () => {
    const { field, circle } = locked();
    field.ask(2, { do: 'unlock' });
    expect(field.members(circle)).toEqual([1, 2, 3]);
  });

  it('[GP8] tells the roster of a lock that changed, and only then', () => {
    const { field, circle } = locked();
    const { changedCircles } = field.world.grouping;
    changedCircles.clear();
    field.ask(1, { do: 'lock' });
    expect(changedCircles.size).toBe(0);
    field.ask(1, { do: 'unlock' });
    expect(changedCircles).toEqual(new Set([circle]));
  });

  it('[GP8] does not become one with another, locked or not', () => {
    const { field, circle } = locked();
    field.join(4, 4, 0);
    field.ticks(JOIN_DWELL_TICKS + 1);
    expect(field.members(field.circle(3))).toEqual([3, 4]);
    field.ask(3, { do: 'lock' });
    field.ticks(40);
    expect(field.members(circle)).toEqual([1, 2]);
  });

  it('[GP8] falls into locked parts; one alone is free', () => {
    const field = new CircleField();
    for (const id of [1, 2, 3, 4, 5, 6]) field.join(id, id * 2.5, 0);
    field.ticks(JOIN_DWELL_TICKS + 1);
    field.ask(1, { do: 'lock' });
    field.person(3).busy = true;
    field.person(5).busy = true;
    field.tick();
    expect(field.isLocked(field.circle(1))).toBe(true);
    expect([field.circle(4), field.circle(6)]).toEqual([0, 0]);
    for (const id of [3, 5]) field.person(id).busy = false;
    field.ticks(JOIN_DWELL_TICKS + 1);
    expect(field.members(field.circle(1))).toEqual([1, 2]);
    expect(field.members(field.circle(4))).toEqual([3, 4, 5, 6]);
    expect(field.isLocked(field.circle(4))).toBe(false);
  });

  it('[GP8] can be locked only by its members', () => {
    const { field } = locked();
    for (const what of ['lock', 'unlock'] as const)
      expect(() => field.ask(3, { do: what })).toThrow(refused('not-a-member'));
  });
});

describe('a knock', () => {
  it('[GP10] is told to every member who is here', () => {
    const { field, circle } = locked();
    const message = { from: 3, circle };
    expect(field.ask(3, { do: 'knock', circle })).toEqual([
      { type: 'knock', to: 1, message },
      { type: 'knock', to: 2, message },
    ]);
  });

  it('[GP10] is refused where it makes no sense', () => {
    const { field, circle } = locked(7.5);
    const knock = { do: 'knock', circle } as const;
    expect(() => field.ask(3, { do: 'knock', circle: 77 })).toThrow(refused('not-found'));
    expect(() => field.ask(1, knock)).toThrow(refused('bad-message'));
    expect(() => field.ask(3, knock)).toThrow(refused('not-in-plan'));
    field.put(3, 6.9, 0);
    expect(() => field.ask(3, knock)).not.toThrow();
    field.ask(1, { do: 'unlock' });
    field.put(3, 40, 0);
    expect(() => field.ask(3, knock)).toThrow(refused('bad-message'));
  });

  it('[GP10] may come every five seconds', () => {
    const { field, circle } = locked();
    const knock = { do: 'knock', circle } as const;
    field.ask(3, knock);
    field.ask(1, { do: 'turn-away', id: 3 });
    field.ticks(KNOCK_PAUSE_TICKS - 3);
    expect(() => field.ask(3, knock)).toThrow(refused('too-many'));
    expect(field.ask(3, knock)).toHaveLength(2);
  });

  it('[GP11] is answered once', () => {
    const { field, circle } = locked();
    field.ask(3, { do: 'knock', circle });
    expect(field.ask(2, { do: 'turn-away', id: 3 })).toEqual([
      { type: 'knock-answer', to: 3, message: { circle, letIn: false } },
      { type: 'knock-over', to: 1, message: { from: 3 } },
    ]);
    expect(() => field.ask(1, { do: 'let-in', id: 3 })).toThrow(refused('stale'));
    field.ticks(40);
    expect(field.circle(3)).toBe(0);
  });

  it('[GP11] can be answered only by members, of their own circle, to people who are here', () => {
    const { field, circle } = locked();
    field.join(4, 3, 1);
    field.ask(3, { do: 'knock', circle });
    expect(() => field.ask(4, { do: 'let-in', id: 3 })).toThrow(refused('not-a-member'));
    expect(() => field.ask(1, { do: 'let-in', id: 9 })).toThrow(refused('not-found'));
    expect(() => field.ask(1, { do: 'let-in', id: 4 })).toThrow(refused('stale'));
    field.join(11, 100, 0);
    field.join(12, 101, 0);
    field.ticks(JOIN_DWELL_TICKS + 1);
    field.ask(11, { do: 'lock' });
    expect(() => field.ask(12, { do: 'let-in', id: 3 })).toThrow(refused('stale'));
  });

  it('[GP11] that nobody answers is turned away after half a minute', () => {
    const { field, circle } = locked();
    field.ask(3, { do: 'knock', circle });
    expect(field.ticks(KNOCK_TICKS - 1)).toEqual([]);
    expect(field.tick()).toEqual([{ type: 'knock-answer', to: 3, message: { circle, letIn: false } }]);
    expect(() => field.ask(1, { do: 'let-in', id: 3 })).toThrow(refused('stale'));
    expect(field.world.grouping.knocks.size).toBe(0);
  });

  it('[GP11] at a circle that opens is let in, and turned away where it ends', () => {
    for (const opens of [true, false]) {
      const { field, circle } = locked();
      field.ask(3, { do: 'knock', circle });
      if (!opens) field.people.delete(2);
      expect(opens ? field.ask(1, { do: 'unlock' }) : field.tick()).toEqual([
        { type: 'knock-answer', to: 3, message: { circle, letIn: opens } },
      ]);
    }
  });

  it('[GP11] of somebody who went is forgotten, and so is what they were allowed', () => {
    const { field, circle } = locked(5);
    field.ask(3, { do: 'knock', circle });
    field.ask(1, { do: 'let-in', id: 3 });
    field.people.delete(3);
    field.tick();
    expect(field.world.grouping.knocks.size + field.world.grouping.letIn.size).toBe(0);
    field.join(3, 2, 0);
    field.ticks(JOIN_DWELL_TICKS + 1);
    expect(field.circle(3)).toBe(0);
  });
});

describe('who is let in', () => {
  function letIn(at: number) {
    const { field, circle } = locked(at);
    field.ask(3, { do: 'knock', circle });
    field.ask(2, { do: 'let-in', id: 3 });
    return { field, circle };
  }

  it('[GP9] joins at once where they stand close, and the circle stays locked', () => {
    const { field, circle } = letIn(3);
    expect(field.members(circle)).toEqual([1, 2, 3]);
    expect(field.isLocked(circle)).toBe(true);
    field.join(4, 4, 0);
    field.ticks(40);
    expect(field.circle(4)).toBe(0);
  });

  it('[GP9] has a minute to come', () => {
    for (const wait of [0, 1]) {
      const { field, circle } = letIn(5);
      field.ticks(LET_IN_TICKS - JOIN_DWELL_TICKS - 2 + wait);
      field.put(3, 3, 0);
      field.ticks(JOIN_DWELL_TICKS + 1);
      expect(field.circle(3)).toBe(wait === 0 ? circle : 0);
    }
  });

  it('[GP9] comes without those they stand with', () => {
    const { field, circle } = locked();
    field.join(4, 4, 0);
    field.join(5, 5, 0);
    field.ticks(JOIN_DWELL_TICKS + 1);
    const theirs = field.circle(4);
    field.ask(3, { do: 'knock', circle });
    field.ask(1, { do: 'let-in', id: 3 });
    field.ticks(40);
    expect(field.members(circle)).toEqual([1, 2, 3]);
    expect(field.members(theirs)).toEqual([4, 5]);
  });

  it('[GP9] must knock again once they left', () => {
    const { field } = letIn(3);
    field.put(3, 10, 0);
    field.ticks(LEAVE_DWELL_TICKS + 1);
    field.put(3, 3, 0);
    field.ticks(JOIN_DWELL_TICKS + 1);
    expect(field.circle(3)).toBe(0);
  });

  it('[GP9] waits where the circle is full', () => {
    const field = new CircleField();
    for (let id = 1; id <= CIRCLE_CAP; id++) field.join(id, id, 0);
    field.join(90, 0, 0);
    field.person(90).busy = true;
    field.ticks(JOIN_DWELL_TICKS + 1);
    const circle = field.circle(1);
    field.ask(1, { do: 'lock' });
    field.person(90).busy = false;
    field.ticks(JOIN_DWELL_TICKS + 1);
    field.ask(90, { do: 'knock', circle });
    field.ask(1, { do: 'let-in', id: 90 });
    expect(field.circle(90)).toBe(0);
    field.people.delete(CIRCLE_CAP);
    field.tick();
    expect(field.circle(90)).toBe(circle);
  });
});
