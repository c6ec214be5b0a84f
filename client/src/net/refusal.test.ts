import { describe, expect, it } from 'vitest';
import { refusalOf } from './refusal.ts';
import { retryDelay } from './retry-delay.ts';

const thrown = (code: unknown) => Object.assign(new Error('A sentence.'), { code });

describe('a refusal', () => {
  it.each([
    [422, 'final'],
    [426, 'final'],
    [410, 'no-seat'],
    [404, 'no-seat'],
    [524, 'no-seat'],
    [429, 'later'],
    [503, 'later'],
  ])('of status %s is %s', (code, kind) => expect(refusalOf(thrown(code))?.kind).toBe(kind));
  it('tells a world that is not there from a seat that is gone', () => {
    expect(refusalOf(thrown(404))?.problem.code).toBe('not-found');
    expect(refusalOf(thrown(410))?.problem.code).toBe('stale');
  });
  it('keeps the sentence', () => expect(refusalOf(thrown(422))?.problem.message).toBe('A sentence.'));
  it('is none when the server was not reached', () => {
    for (const error of [new TypeError('Failed to fetch'), thrown('ECONNREFUSED'), thrown(1006), 'no'])
      expect(refusalOf(error)).toBeUndefined();
  });
});

it('tries wait longer and longer, up to three and a half seconds, each a little different', () => {
  expect(retryDelay(0, 0.5)).toBe(250);
  expect(retryDelay(3, 0.5)).toBe(2000);
  expect(retryDelay(50, 1)).toBeCloseTo(3600);
  expect(retryDelay(2, 0)).toBeLessThan(retryDelay(2, 1));
});
