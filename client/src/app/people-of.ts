import { PERSON_COLOURS, ROLES, type RoleNumber } from '@chatmux/schema';
import type { CircleView, PersonView } from '../store/types.ts';

/**
 * People as panels and labels show them. What comes from the server is looked at once more here: entries that can't be
 * drawn (an id that is not their key, a colour that is none) are left out, so that a bad one never stops the page.
 * @param me our own id, once known
 * @param before what this gave last: who is as they were stays the same object, and all of it where nobody changed
 */
export function peopleOf(
  roster: Iterable<[string, Omit<PersonView, 'me' | 'alsoMe' | 'role'> & { role: number }]>,
  me: number | undefined,
  before: Record<number, PersonView> = {},
): Record<number, PersonView> {
  const people: Record<number, PersonView> = {};
  const entries = [...roster];
  const mine = entries.find(([, { id }]) => id === me)?.[1].identity ?? '';
  for (const [key, entry] of entries) {
    const { id, name, colour, identity, mic, cam, screen, here, deaf, busy, speaking, circle } = entry;
    const { role, muted, pronouns, about } = entry;
    const isColour = Number.isInteger(colour) && colour >= 0 && colour < PERSON_COLOURS;
    if (!isColour || String(id) !== key) {
      console.warn(`the entry ${key} of the roster is not shown: its id or colour makes no sense`);
      continue;
    }
    const old = before[id];
    const known = isRole(role) ? role : 0;
    const slow = { id, name, colour, identity, mic, cam, screen, here, deaf, busy, speaking, circle, muted };
    const now = {
      ...slow,
      pronouns,
      about,
      role: known,
      me: id === me,
      alsoMe: id !== me && identity !== '' && identity === mine,
    };
    people[id] = old && isSame(old, now) ? old : now;
  }
  return sameEntries(people, before) ? before : people;
}

const isRole = (role: number): role is RoleNumber =>
  Number.isInteger(role) && role >= 0 && role < ROLES.length;

/** True when two flat objects hold the same under the same keys. A thousand people are compared at each change. */
function isSame<T extends object>(one: T, two: T): boolean {
  for (const key in one) if (one[key] !== two[key]) return false;
  return true;
}

function sameEntries<T>(one: Record<number, T>, two: Record<number, T>): boolean {
  return Object.keys(one).length === Object.keys(two).length && isSame(one, two);
}

/** Circles as panels show them, by id. An entry whose id is not its key is left out. */
export function circlesOf(
  roster: Iterable<[string, CircleView]>,
  before: Record<number, CircleView> = {},
): Record<number, CircleView> {
  const circles: Record<number, CircleView> = {};
  for (const [key, { id, locked }] of roster) {
    if (String(id) !== key) continue;
    const old = before[id];
    circles[id] = old?.locked === locked ? old : { id, locked };
  }
  return sameEntries(circles, before) ? before : circles;
}
