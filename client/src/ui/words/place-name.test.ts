import { expect, it } from 'vitest';
import { placeName, shareWords, travelWords } from './place-name.ts';

it('calls a copy by its number from the second on', () => {
  expect(placeName('Gull Beach', 1)).toBe('Gull Beach');
  expect(placeName('Gull Beach', 2)).toBe('Gull Beach, copy 2');
});

it('says where the way leads once that is known', () => {
  expect(travelWords('')).toBe('On the way…');
  expect(travelWords('Gull Beach')).toBe('On the way to Gull Beach…');
});

it('says what the address is for', () => {
  expect(shareWords(true, 1)).toMatch(/first one here/);
  expect(shareWords(false, 1)).toMatch(/comes to you\.$/);
  expect(shareWords(false, 3)).toMatch(/into copy 3\.$/);
});
