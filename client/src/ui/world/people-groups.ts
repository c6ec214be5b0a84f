import type { NearPerson, PersonView } from '../../store/types.ts';

export interface PersonRow extends PersonView {
  /** Whole metres, for those within reach. */
  metres: number | undefined;
  /** Their voice reaches us. */
  heard: boolean;
}

interface PeopleGroups {
  me: PersonRow | undefined;
  /** Within reach, nearest first. */
  near: PersonRow[];
  /** In the world but out of reach, by name. */
  elsewhere: PersonRow[];
  /** Connection lost, seat kept, by name. */
  dropped: PersonRow[];
  /** Those who are connected, ourselves included. */
  count: number;
}

const byName = (a: PersonView, b: PersonView) => a.name.localeCompare(b.name) || a.id - b.id;

/** Sorts everyone into the groups of the list. Someone who dropped is listed as dropped however near they stood. */
export function groupPeople(
  people: Readonly<Record<number, PersonView>>,
  near: readonly NearPerson[],
): PeopleGroups {
  const reach = new Map(near.map((entry) => [entry.id, entry]));
  const rows = Object.values(people).map((person): PersonRow => {
    const entry = reach.get(person.id);
    return { ...person, metres: entry?.metres, heard: entry?.heard ?? false };
  });
  const others = rows.filter((row) => !row.me);
  const present = others.filter((row) => row.here);
  return {
    me: rows.find((row) => row.me),
    near: present
      .filter((row) => row.metres !== undefined)
      .sort((a, b) => (a.metres ?? 0) - (b.metres ?? 0) || byName(a, b)),
    elsewhere: present.filter((row) => row.metres === undefined).sort(byName),
    dropped: others.filter((row) => !row.here).sort(byName),
    count: rows.filter((row) => row.here).length,
  };
}

/** The quiet second line of a row. */
export function rowWords(row: PersonRow, speaking: boolean): string {
  if (row.me) return speaking ? 'speaking' : row.mic ? 'microphone on' : 'microphone off';
  if (!row.here) return 'lost connection, seat kept';
  if (row.metres === undefined) return '';
  const hearing = speaking && row.heard ? 'speaking' : row.heard ? 'you can talk' : 'too far to hear';
  return `${row.metres} m · ${hearing}`;
}
