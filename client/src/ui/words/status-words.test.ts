import { expect, it } from 'vitest';
import { statusWords } from './status-words.ts';

it('says nothing of the usual', () => {
  expect(statusWords({ deaf: false, busy: false })).toBeUndefined();
});

it('lets busy speak where both are on', () => {
  expect(statusWords({ deaf: true, busy: true })).toEqual(statusWords({ deaf: false, busy: true }));
  expect(statusWords({ deaf: true, busy: false })?.other).toBe('hears nobody now');
});
