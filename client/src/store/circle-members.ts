import type { PersonView } from './types.ts';

/** Members of each circle, by its id, in the order of their own ids. Who has dropped stands in none. */
export function circleMembers(people: Readonly<Record<number, PersonView>>): Map<number, PersonView[]> {
  const circles = new Map<number, PersonView[]>();
  for (const person of Object.values(people)) {
    if (person.circle === 0 || !person.here) continue;
    const members = circles.get(person.circle);
    if (members) members.push(person);
    else circles.set(person.circle, [person]);
  }
  return circles;
}
