import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import { ProblemError } from '@chatmux/schema';
import type { Site } from '../../auth/passkeys.ts';

/**
 * The site a request's page belongs to. Its origin was checked to be of this very host, so what a passkey signs is compared
 * with where it was asked: a passkey made at another domain never fits.
 * @throws ProblemError where browsers know no passkeys: at a number instead of a name
 */
export function siteOf({ origin = '' }: IncomingHttpHeaders): Site {
  const { hostname } = new URL(origin);
  const bare = hostname.replace(/^\[|\]$/g, '');
  if (isIP(bare) !== 0)
    throw new ProblemError(
      'bad-message',
      'Browsers make passkeys only for a name: open this page at localhost, or by the name of its machine.',
    );
  return { rpId: hostname, origin };
}
