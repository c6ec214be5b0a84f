import { expect, it } from 'vitest';
import { carriesSecret } from './secret.ts';

it('takes the exact bearer secret and nothing else', () => {
  expect(carriesSecret('Bearer correct horse', 'correct horse')).toBe(true);
  for (const header of [
    undefined,
    '',
    'Bearer ',
    'Bearer correct hors',
    'Bearer correct horse ',
    'bearer correct horse',
    'correct horse',
  ]) {
    expect(carriesSecret(header, 'correct horse'), String(header)).toBe(false);
  }
});
