import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Says whether an Authorization header carries the secret, in a time that doesn't depend on where they differ.
 * Both are hashed first, so that their lengths don't show either.
 */
export function carriesSecret(header: string | undefined, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(header ?? ''), digest(`Bearer ${secret}`));
}
