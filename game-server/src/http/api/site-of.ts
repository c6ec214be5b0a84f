import { isIP } from 'node:net';
import { ProblemError } from '@chatmux/schema';
import type { Site } from '../../auth/passkeys.ts';
import { isLoopback } from '../loopback.ts';

/** @param origin of a page @returns its host, without the brackets of an address */
export const hostOf = (origin: string) => new URL(origin).hostname.replace(/^\[|\]$/g, '');

/** Whether a page came over HTTPS: its browser says so, whatever proxies stand between. */
export const isHttps = (origin: string): boolean => origin.startsWith('https:');

/**
 * The site a page belongs to. Its origin was checked to be of this very host, so what a passkey signs is compared with where
 * it was asked: a passkey made at another domain never fits.
 * @throws ProblemError where browsers know no passkeys: at a number instead of a name
 */
export function siteOf(origin: string): Site {
  const host = hostOf(origin);
  if (isIP(host) !== 0)
    throw new ProblemError(
      'bad-message',
      'Browsers make passkeys only for a name: open this page at localhost, or by the name of its machine.',
    );
  return { rpId: host, origin };
}

/**
 * Browsers see to it that passkeys are used over HTTPS or at localhost alone; whoever signs in by a code has to be told.
 * @throws ProblemError where everybody on the way could take the session
 */
export function checkSafeToSignIn(origin: string): void {
  if (isHttps(origin) || isLoopback(hostOf(origin))) return;
  throw new ProblemError(
    'bad-message',
    'Signing in needs HTTPS at this address: everybody on the way could read along. Ask whoever runs this place to turn it on.',
  );
}
