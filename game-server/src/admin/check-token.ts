import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { HttpProblem } from '../http/answers.ts';
import { limitKey } from '../http/client-address.ts';
import { WrongTokens } from './wrong-tokens.ts';

const hashOf = (text: string) => createHash('sha256').update(text).digest();

/**
 * Makes the check that a request carries the operators' token as `Authorization: Bearer TOKEN`.
 * @param now a clock that never goes back, in milliseconds
 * @returns a check that throws HttpProblem: 401 without the token, 429 after too many wrong ones
 */
export function tokenCheck(token: string, now: () => number): (request: IncomingMessage) => void {
  const expected = hashOf(token);
  const wrong = new WrongTokens();
  return ({ headers, socket }) => {
    // Written by the door, which knows whether a proxy may be believed.
    const from = headers['x-real-ip'] ?? socket.remoteAddress ?? 'unknown';
    const address = limitKey(String(from));
    if (wrong.mustWait(address, now()))
      throw new HttpProblem(
        429,
        'too-many',
        'Too many wrong tokens from your address. Please wait a minute.',
      );
    const given = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
    if (given === undefined)
      throw new HttpProblem(
        401,
        'not-yours',
        'This needs the token of the operators: Authorization: Bearer …',
      );
    // Hashes are of one length, and how far they agree says nothing of the token.
    if (timingSafeEqual(hashOf(given), expected)) return;
    wrong.note(address, now());
    throw new HttpProblem(401, 'not-yours', 'This is not the token of the operators.');
  };
}
