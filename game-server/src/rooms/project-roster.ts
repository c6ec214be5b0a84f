import type { PersonId } from '@chatmux/schema';
import { Circle, Person, type Roster } from '@chatmux/schema/roster';
import type { World } from '../world/types.ts';

/** Writes what changed about people and circles into the synchronised state; nothing else is touched. */
export function projectRoster(
  roster: Roster,
  { people, grouping }: World,
  changedPeople: ReadonlySet<PersonId>,
  changedCircles: ReadonlySet<number>,
): void {
  for (const id of changedPeople) {
    const key = String(id);
    const state = people.get(id);
    const before = roster.people.get(key);
    if (!state) {
      roster.people.delete(key);
      continue;
    }
    const person = before ?? new Person();
    const { name, colour, identity, mic, cam, screen, here, deaf, busy, speaking, circle, role, muted } =
      state;
    const { pronouns, about } = state;
    const look = { id, name, colour, identity, role, pronouns, about };
    Object.assign(person, look, { mic, cam, screen, here, deaf, busy, speaking, circle, muted });
    if (!before) roster.people.set(key, person);
  }
  for (const id of changedCircles) {
    const key = String(id);
    const state = grouping.circles.get(id);
    const before = roster.circles.get(key);
    if (!state) {
      roster.circles.delete(key);
      continue;
    }
    const circle = before ?? new Circle();
    circle.id = id;
    circle.locked = state.locked;
    if (!before) roster.circles.set(key, circle);
  }
}
