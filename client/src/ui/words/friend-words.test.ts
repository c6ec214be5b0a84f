import { expect, it } from 'vitest';
import { friendWords } from './friend-words.ts';

const place = { world: 'beach', name: 'The beach', copy: 1 };

it.each([
  [{ online: false }, false, 'not here now'],
  [{ online: true }, false, 'online, in no world'],
  [{ online: true, place }, false, 'in The beach'],
  [{ online: true, place: { ...place, copy: 2 } }, false, 'in The beach, copy 2'],
  [{ online: true, place: { ...place, copy: 2 } }, true, 'here, in The beach'],
])('case %#', (friend, isHere, words) => {
  expect(friendWords(friend, isHere)).toBe(words);
});
