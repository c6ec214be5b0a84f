import { expect, it } from 'vitest';
import { untilWords } from './until-words.ts';

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];

it.each([
  [1, '1 minute'],
  [MINUTE, '1 minute'],
  [MINUTE + 1, '2 minutes'],
  [HOUR, '60 minutes'],
  [2 * HOUR + 1, '3 hours'],
  [DAY, '24 hours'],
  [2 * DAY + 1, '3 days'],
  [7 * DAY, '7 days'],
  [-5, '1 minute'],
])('says %i ms as %s', (ms, words) => expect(untilWords(ms)).toBe(words));
