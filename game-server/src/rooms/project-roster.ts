import type { PersonId } from '@chatmux/schema';
import { Person, type Roster } from '@chatmux/schema/roster';
import type { PersonState } from '../world/types.ts';

/** Writes what changed about people into the synchronised state; nothing is touched that stayed the same. */
export function projectRoster(roster: Roster, people: ReadonlyMap<PersonId, PersonState>): void {
  for (const key of [...roster.people.keys()]) if (!people.has(Number(key))) roster.people.delete(key);
  for (const state of people.values()) {
    const key = String(state.id);
    const person = roster.people.get(key) ?? new Person();
    person.id = state.id;
    person.name = state.name;
    person.colour = state.colour;
    person.mic = state.mic;
    person.cam = state.cam;
    person.here = state.here;
    if (!roster.people.has(key)) roster.people.set(key, person);
  }
}
