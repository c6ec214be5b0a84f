import type { CircleView, NearPerson, PersonView } from '../../store/types.ts';

export interface PersonRow extends PersonView {
  /** Whole metres, for those within reach. */
  metres: number | undefined;
  /** Their voice reaches us. */
  heard: boolean;
  blocked: boolean;
}

export interface CircleGroup {
  id: number;
  locked: boolean;
  rows: PersonRow[];
}

interface PeopleGroups {
  me: PersonRow | undefined;
  /** Our other tabs and devices. */
  alsoMe: PersonRow[];
  /** The circle we stand in, without ourselves. */
  mine: CircleGroup | undefined;
  /** Within reach and in no circle, nearest first. */
  near: PersonRow[];
  /** Other circles: those with somebody near first, by distance; the rest by the name of their first. */
  circles: CircleGroup[];
  /** In the world but out of reach and in no circle, by name. */
  elsewhere: PersonRow[];
  /** Connection lost, seat kept, by name. */
  dropped: PersonRow[];
  /** Whom we block, wherever they stand, by name. */
  blocked: PersonRow[];
  /** Those who are connected, ourselves included; who has several tabs or devices here is one. */
  count: number;
}

interface Input {
  people: Readonly<Record<number, PersonView>>;
  circles: Readonly<Record<number, CircleView>>;
  near: readonly NearPerson[];
  blocked: readonly number[];
}

const byName = (a: PersonView, b: PersonView) => a.name.localeCompare(b.name) || a.id - b.id;
const byDistance = (a: PersonRow, b: PersonRow) =>
  (a.metres ?? Number.POSITIVE_INFINITY) - (b.metres ?? Number.POSITIVE_INFINITY) || byName(a, b);

/**
 * Sorts everyone into the groups of the list, each person into one. Who is blocked is listed as blocked, and who dropped
 * as dropped, wherever they stood.
 */
export function groupPeople({ people, circles, near, blocked }: Input): PeopleGroups {
  const reach = new Map(near.map((entry) => [entry.id, entry]));
  const rows = Object.values(people).map((person): PersonRow => {
    const entry = reach.get(person.id);
    const metres = entry?.metres;
    return { ...person, metres, heard: entry?.heard ?? false, blocked: blocked.includes(person.id) };
  });
  const me = rows.find((row) => row.me);
  const others = rows.filter((row) => !row.me && !row.alsoMe && !row.blocked);
  const present = others.filter((row) => row.here);
  const groups = Map.groupBy(
    present.filter((row) => row.circle !== 0),
    (row) => row.circle,
  );
  const together = [...groups].map(
    ([id, members]): CircleGroup => ({
      id,
      locked: circles[id]?.locked ?? false,
      rows: members.sort(byDistance),
    }),
  );
  const loose = present.filter((row) => row.circle === 0);
  return {
    me,
    alsoMe: rows.filter((row) => row.alsoMe).sort((a, b) => a.id - b.id),
    mine: together.find(({ id }) => id === me?.circle),
    near: loose.filter((row) => row.metres !== undefined).sort(byDistance),
    circles: together.filter(({ id }) => id !== me?.circle).sort(byFirst),
    elsewhere: loose.filter((row) => row.metres === undefined).sort(byName),
    dropped: others.filter((row) => !row.here).sort(byName),
    blocked: rows.filter((row) => row.blocked).sort(byName),
    count: countPeople(rows),
  };
}

/** Those who are connected, each identity once. */
export function countPeople(people: Iterable<PersonView>): number {
  const seen = new Set<string | number>();
  for (const { id, identity, here } of people) if (here) seen.add(identity === '' ? id : identity);
  return seen.size;
}

function byFirst({ rows: [a] }: CircleGroup, { rows: [b] }: CircleGroup): number {
  return a && b ? byDistance(a, b) : 0;
}

/** People whose name holds what was typed, whatever its case and accents; everyone for an empty search. */
export function findPeople(
  people: Readonly<Record<number, PersonView>>,
  typed: string,
): Readonly<Record<number, PersonView>> {
  const wanted = plain(typed);
  if (wanted === '') return people;
  return Object.fromEntries(Object.entries(people).filter(([, { name }]) => plain(name).includes(wanted)));
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
}
