import { expect, it } from 'vitest';
import { friendWords } from './friend-words.ts';

const place = { world: 'beach', name: 'The beach', copy: 1 };

it.each([
  [{ state: 'offline' }, false, 'not here now'],
  [{ state: 'online' }, false, 'online'],
  [{ state: 'away' }, false, 'away'],
  [{ state: 'online', place }, false, 'in The beach'],
  [{ state: 'busy', place }, false, 'in The beach · do not disturb'],
  [{ state: 'online', place: { ...place, copy: 2 } }, false, 'in The beach, copy 2'],
  [{ state: 'away', place: { ...place, copy: 2 } }, true, 'here, in The beach · away'],
] as const)('case %#', (friend, isHere, words) => {
  expect(friendWords(friend, isHere)).toBe(words);
});
