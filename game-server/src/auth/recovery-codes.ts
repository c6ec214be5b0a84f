import { randomBytes } from 'node:crypto';
import { hashSecret } from './hash-secret.ts';

/** Codes of a set. */
const CODES = 8;
/** Crockford's base32: no letter that could be taken for a digit or another letter. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 16;

/** A new set of recovery codes of 80 random bits each, as people are shown them, and what is kept of them. */
export function newRecoveryCodes(): { codes: string[]; hashes: string[] } {
  const bare = Array.from({ length: CODES }, () =>
    [...randomBytes(LENGTH)].map((byte) => LETTERS[byte & 31]).join(''),
  );
  return {
    codes: bare.map((code) => code.match(/.{4}/g)?.join('-') ?? code),
    hashes: bare.map(hashSecret),
  };
}
