import { expect, it } from 'vitest';
import type { PersonRow } from '../world/people-groups.ts';
import { rowWords } from './row-words.ts';

const row = (more: Partial<PersonRow>): PersonRow => ({
  id: 1,
  name: 'Ada',
  colour: 1,
  mic: true,
  cam: false,
  screen: false,
  here: true,
  deaf: false,
  busy: false,
  speaking: false,
  role: 0,
  muted: false,
  pronouns: '',
  about: '',
  circle: 0,
  me: false,
  alsoMe: false,
  identity: '',
  metres: undefined,
  heard: false,
  blocked: false,
  ...more,
});

it.each([
  [row({ metres: 3, heard: true }), false, '3 m · you can talk'],
  [row({ metres: 3, heard: true }), true, '3 m · speaking'],
  [row({ metres: 20 }), false, '20 m · out of earshot'],
  [row({ metres: 20 }), true, '20 m · speaking, out of earshot'],
  [row({}), false, ''],
  [row({}), true, 'speaking'],
  [row({ alsoMe: true, metres: 3 }), true, 'you, in another tab or on another device'],
  [row({ alsoMe: true, here: false }), false, 'you, with the connection lost'],
  [row({ here: false, metres: 3 }), false, 'lost connection, seat kept'],
  [row({ me: true, mic: false }), false, 'microphone off'],
  [row({ me: true, busy: true }), true, 'do not disturb'],
  [row({ me: true, deaf: true }), true, 'you hear nobody'],
  [row({ metres: 3, heard: true, deaf: true }), true, '3 m · hears nobody now'],
  [row({ busy: true }), false, 'does not want to be disturbed'],
  [row({ metres: 2, blocked: true }), true, 'you don’t hear or see each other'],
  [row({ metres: 3, heard: true, role: 2 }), false, '3 m · moderator · you can talk'],
  [row({ role: 3, muted: true }), true, 'owner · muted by a moderator'],
  [row({ role: 1, metres: 20 }), false, '20 m · out of earshot'],
  [row({ me: true, role: 3 }), false, 'owner · microphone on'],
  [row({ me: true, muted: true, mic: false }), false, 'muted by a moderator'],
])('case %#', (given, speaking, words) => {
  expect(rowWords(given, speaking)).toBe(words);
});
