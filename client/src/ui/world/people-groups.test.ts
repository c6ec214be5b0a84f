import { describe, expect, it } from 'vitest';
import type { NearPerson, PersonView } from '../../store/types.ts';
import { groupPeople, type PersonRow, rowWords } from './people-groups.ts';

const person = (id: number, name: string, more: Partial<PersonView> = {}): PersonView => ({
  id,
  name,
  colour: id % 12,
  mic: true,
  cam: false,
  here: true,
  me: false,
  ...more,
});
const near = (id: number, metres: number, heard = true): NearPerson => ({ id, metres, heard, video: 0 });
const all = (...people: PersonView[]) => Object.fromEntries(people.map((p) => [p.id, p]));
const ids = (rows: PersonRow[]) => rows.map((row) => row.id);

describe('groupPeople', () => {
  it('puts the near first by distance, the others by name', () => {
    const groups = groupPeople(
      all(
        person(1, 'Zoe'),
        person(2, 'Ada'),
        person(3, 'Émile'),
        person(4, 'Frida'),
        person(5, 'Me', { me: true }),
      ),
      [near(1, 2), near(2, 9, false)],
    );
    expect(groups.me?.id).toBe(5);
    expect(ids(groups.near)).toEqual([1, 2]);
    expect(ids(groups.elsewhere)).toEqual([3, 4]);
    expect(groups.count).toBe(5);
  });

  it('orders by distance even if the list arrives unordered, and equal distances by name', () => {
    const groups = groupPeople(all(person(1, 'B'), person(2, 'A'), person(3, 'C')), [
      near(1, 4),
      near(2, 4),
      near(3, 1),
    ]);
    expect(ids(groups.near)).toEqual([3, 2, 1]);
  });

  it('lists someone who dropped only as dropped, and does not count them', () => {
    const groups = groupPeople(all(person(1, 'Ada', { here: false }), person(2, 'Lin')), [near(1, 1)]);
    expect(ids(groups.dropped)).toEqual([1]);
    expect(ids(groups.near)).toEqual([]);
    expect(groups.count).toBe(1);
  });

  it('ignores somebody near who is not in the roster yet', () => {
    expect(groupPeople({}, [near(7, 1)])).toEqual({
      me: undefined,
      near: [],
      elsewhere: [],
      dropped: [],
      count: 0,
    });
  });
});

describe('rowWords', () => {
  const row = (more: Partial<PersonRow>): PersonRow => ({
    ...person(1, 'Ada'),
    metres: undefined,
    heard: false,
    ...more,
  });
  it.each([
    [row({ metres: 3, heard: true }), false, '3 m · you can talk'],
    [row({ metres: 3, heard: true }), true, '3 m · speaking'],
    [row({ metres: 20 }), true, '20 m · too far to hear'],
    [row({}), true, ''],
    [row({ here: false, metres: 3 }), false, 'lost connection, seat kept'],
    [row({ me: true, mic: false }), false, 'microphone off'],
  ])('case %#', (given, speaking, words) => {
    expect(rowWords(given, speaking)).toBe(words);
  });
});
