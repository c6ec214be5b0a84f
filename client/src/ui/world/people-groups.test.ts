import { describe, expect, it } from 'vitest';
import type { NearPerson, PersonView } from '../../store/types.ts';
import { findPeople, groupPeople, type PersonRow } from './people-groups.ts';

const person = (id: number, name: string, more: Partial<PersonView> = {}): PersonView => ({
  id,
  name,
  colour: id % 12,
  mic: true,
  cam: false,
  screen: false,
  here: true,
  deaf: false,
  busy: false,
  speaking: false,
  role: 0,
  muted: false,
  pronouns: '',
  about: '',
  circle: 0,
  me: false,
  alsoMe: false,
  identity: '',
  ...more,
});
const near = (id: number, metres: number, heard = true): NearPerson => ({
  id,
  metres,
  heard,
  hearsUs: heard,
  video: 0,
});
const all = (...people: PersonView[]) => Object.fromEntries(people.map((p) => [p.id, p]));
const ids = (rows: PersonRow[] | undefined) => rows?.map((row) => row.id);
const group = (people: PersonView[], more: Partial<Parameters<typeof groupPeople>[0]> = {}) =>
  groupPeople({ people: all(...people), circles: {}, near: [], blocked: [], ...more });

describe('groupPeople', () => {
  it('counts who has several tabs or devices here once, and shows our own with us', () => {
    const people = [
      person(1, 'Me', { me: true, identity: 'ann' }),
      person(2, 'Me', { alsoMe: true, identity: 'ann', circle: 4 }),
      person(3, 'Bob', { identity: 'bob' }),
      person(4, 'Bob', { identity: 'bob' }),
      person(5, 'Guest'),
      person(6, 'Guest'),
      person(7, 'Gone', { here: false }),
    ];
    const byId = Object.fromEntries(people.map((one) => [one.id, one]));
    const groups = groupPeople({ people: byId, circles: {}, near: [], blocked: [] });
    expect(groups.count).toBe(4);
    expect(groups.alsoMe.map(({ id }) => id)).toEqual([2]);
    expect(groups.circles).toEqual([]);
    expect(groups.elsewhere).toHaveLength(4);
  });

  it('puts the near first by distance, the others by name', () => {
    const groups = group(
      [
        person(1, 'Zoe'),
        person(2, 'Ada'),
        person(3, 'Émile'),
        person(4, 'Frida'),
        person(5, 'Me', { me: true }),
      ],
      { near: [near(1, 2), near(2, 9, false)] },
    );
    expect(groups.me?.id).toBe(5);
    expect(ids(groups.near)).toEqual([1, 2]);
    expect(ids(groups.elsewhere)).toEqual([3, 4]);
    expect(groups.count).toBe(5);
  });

  it('orders by distance even if the list arrives unordered, and equal distances by name', () => {
    const groups = group([person(1, 'B'), person(2, 'A'), person(3, 'C')], {
      near: [near(1, 4), near(2, 4), near(3, 1)],
    });
    expect(ids(groups.near)).toEqual([3, 2, 1]);
  });

  it('lists circles apart: ours, then others by who is nearest, then by name', () => {
    const groups = group(
      [
        person(1, 'Me', { me: true, circle: 7 }),
        person(2, 'Lin', { circle: 7 }),
        person(3, 'Zed', { circle: 4 }),
        person(4, 'Yan', { circle: 4 }),
        person(5, 'Bo', { circle: 9 }),
        person(6, 'Ada', { circle: 9 }),
        person(7, 'Cy', { circle: 2 }),
        person(8, 'Loose'),
      ],
      {
        circles: { 4: { id: 4, locked: true }, 7: { id: 7, locked: false } },
        near: [near(2, 1), near(4, 12), near(8, 3)],
      },
    );
    expect(groups.mine).toMatchObject({ id: 7, locked: false });
    expect(ids(groups.mine?.rows)).toEqual([2]);
    expect(groups.circles.map(({ id, locked }) => [id, locked])).toEqual([
      [4, true],
      [9, false],
      [2, false],
    ]);
    expect(ids(groups.circles[0]?.rows)).toEqual([4, 3]);
    expect(ids(groups.near)).toEqual([8]);
    expect(groups.elsewhere).toEqual([]);
  });

  it('lists the blocked as blocked wherever they are', () => {
    const groups = group(
      [
        person(1, 'Ada', { circle: 3 }),
        person(2, 'Lin', { here: false }),
        person(3, 'Me', { me: true, circle: 3 }),
      ],
      { blocked: [2, 1], near: [near(1, 2)] },
    );
    expect(ids(groups.blocked)).toEqual([1, 2]);
    expect(groups.mine).toBeUndefined();
    expect(groups.dropped).toEqual([]);
  });

  it('lists someone who dropped only as dropped, and does not count them', () => {
    const groups = group([person(1, 'Ada', { here: false, circle: 2 }), person(2, 'Lin')], {
      near: [near(1, 1)],
    });
    expect(ids(groups.dropped)).toEqual([1]);
    expect(groups.circles).toEqual([]);
    expect(groups.near).toEqual([]);
    expect(groups.count).toBe(1);
  });

  it('has each person exactly once', () => {
    const people = Array.from({ length: 60 }, (_, i) =>
      person(i + 1, `N${i}`, { me: i === 0, circle: i % 4, here: i % 7 !== 1 }),
    );
    const groups = group(people, { near: [near(3, 1), near(4, 2)], blocked: [5, 6] });
    const listed = [
      ...(groups.me ? [groups.me] : []),
      ...(groups.mine?.rows ?? []),
      ...groups.near,
      ...groups.circles.flatMap(({ rows }) => rows),
      ...groups.elsewhere,
      ...groups.dropped,
      ...groups.blocked,
    ].map(({ id }) => id);
    expect(listed.toSorted((a, b) => a - b)).toEqual(people.map(({ id }) => id));
  });

  it('ignores somebody near who is not in the roster yet', () => {
    expect(group([], { near: [near(7, 1)] })).toMatchObject({ me: undefined, near: [], count: 0 });
  });
});

describe('findPeople', () => {
  const people = all(person(1, 'Émile'), person(2, 'Ada'), person(3, 'Camille'));
  it('finds by any part of a name, whatever its case and accents', () => {
    expect(Object.keys(findPeople(people, ' MIL '))).toEqual(['1', '3']);
    expect(Object.keys(findPeople(people, 'emi'))).toEqual(['1']);
  });
  it('finds everyone for an empty search', () => {
    expect(findPeople(people, '  ')).toBe(people);
  });
});
