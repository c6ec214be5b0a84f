import { PERSON_COLOURS } from '@chatmux/schema';
import type { CircleView, PersonView } from '../store/types.ts';

/**
 * People as panels and labels show them. What comes from the server is looked at once more here: entries that can't be
 * drawn (an id that is not their key, a colour that is none) are left out, so that a bad one never stops the page.
 * @param me our own id, once known
 */
export function peopleOf(
  roster: Iterable<[string, Omit<PersonView, 'me'>]>,
  me: number | undefined,
): Record<number, PersonView> {
  const people: Record<number, PersonView> = {};
  for (const [key, { id, name, colour, mic, cam, here, deaf, busy, speaking, circle }] of roster) {
    const isColour = Number.isInteger(colour) && colour >= 0 && colour < PERSON_COLOURS;
    if (!isColour || String(id) !== key) {
      console.warn(`the entry ${key} of the roster is not shown: its id or colour makes no sense`);
      continue;
    }
    people[id] = { id, name, colour, mic, cam, here, deaf, busy, speaking, circle, me: id === me };
  }
  return people;
}

/** Circles as panels show them, by id. An entry whose id is not its key is left out. */
export function circlesOf(roster: Iterable<[string, CircleView]>): Record<number, CircleView> {
  const circles: Record<number, CircleView> = {};
  for (const [key, { id, locked }] of roster) if (String(id) === key) circles[id] = { id, locked };
  return circles;
}
