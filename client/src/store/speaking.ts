import type { AppState } from './types.ts';

/**
 * Whether somebody speaks now. Our own ears know best of those we hear; the server tells of everyone else. Of people we
 * block nothing shows.
 */
export function isSpeaking(
  { speaking, people, blocked }: Pick<AppState, 'speaking' | 'people' | 'blocked'>,
  id: number,
): boolean {
  if (speaking[id]) return true;
  const person = people[id];
  return person?.speaking === true && person.here && !person.me && !blocked.includes(id);
}
