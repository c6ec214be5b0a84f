import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PLAIN_NAME, SECURE_NAME, secretIn } from './session-cookie.ts';

const MINE = 'a'.repeat(40);
const THEIRS = 'b'.repeat(40);

describe('the secret in a cookie', () => {
  it.each([
    [`${SECURE_NAME}=${MINE}`, 'alone'],
    [`theme=dark; ${SECURE_NAME}=${MINE}; other=1`, 'among others'],
    [`a=%; ${SECURE_NAME}=${MINE}; %=1; =x; y`, 'among what is malformed'],
    [`%5F%5FHost-chatmux=${THEIRS}; ${SECURE_NAME}=${MINE}`, 'beside its name in disguise, before'],
    [`${SECURE_NAME}=${MINE}; %5F%5FHost-chatmux=${THEIRS}`, 'beside its name in disguise, after'],
    [`${SECURE_NAME}=${MINE}; __host-chatmux=${THEIRS}`, 'beside its name in small letters'],
    [`${PLAIN_NAME}=${THEIRS}; ${SECURE_NAME}=${MINE}`, 'beside the one of plain HTTP'],
  ])('is found in %s (%s)', (header) => {
    expect(secretIn(header, SECURE_NAME)).toBe(MINE);
  });

  it.each([
    ['', 'nothing'],
    [`%5F%5FHost-chatmux=${THEIRS}`, 'its name in disguise'],
    [`${SECURE_NAME}=${MINE}; ${SECURE_NAME}=${THEIRS}`, 'two of one name'],
    [`${SECURE_NAME}=${MINE}; ${SECURE_NAME}=`, 'another one that is empty'],
    [`${SECURE_NAME}="${MINE}"`, 'quotes'],
    [`${SECURE_NAME}=${MINE}0`, 'another length'],
    [`${SECURE_NAME}=${'%61'.repeat(40)}`, 'what would have to be decoded'],
    [`x${SECURE_NAME}=${MINE}`, 'a longer name'],
  ])('is not found in %s (%s)', (header) => {
    expect(secretIn(header, SECURE_NAME)).toBeUndefined();
  });

  it('is never anything else than a secret, and nothing makes it throw', () => {
    const piece = fc.oneof(fc.string(), fc.constantFrom(SECURE_NAME, PLAIN_NAME, '=', ';', '%', MINE, ' '));
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        expect(secretIn(pieces.join(''), SECURE_NAME) ?? MINE).toMatch(/^[a-z2-7]{40}$/);
      }),
      { numRuns: 5000 },
    );
  });
});
