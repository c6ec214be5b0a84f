import { expect, it } from 'vitest';
import { whenWords } from './when-words.ts';

const DAY = 86_400_000;

it.each([
  [0, 'just now'],
  [-5000, 'just now'],
  [59_999, 'just now'],
  [60_000, '1 minute ago'],
  [7_200_000, '2 hours ago'],
  [DAY, 'yesterday'],
  [12 * DAY, '12 days ago'],
  [65 * DAY, '2 months ago'],
  [800 * DAY, '2 years ago'],
])('%i ms ago is %s', (ago, said) => {
  expect(whenWords(1_800_000_000_000 - ago, 1_800_000_000_000)).toBe(said);
});
