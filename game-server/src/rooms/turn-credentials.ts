import { createHmac } from 'node:crypto';
import type { IceServer } from '@chatmux/schema';

/** A TURN server that shares a secret with us, as coturn does with `use-auth-secret`. */
export interface TurnSettings {
  readonly urls: readonly string[];
  readonly secret: string;
  /** How long credentials hold. */
  readonly ttlSeconds: number;
}

/**
 * Credentials of one session, after the scheme of coturn's REST API (draft-uberti-behave-turn-rest-00): the name says until
 * when they hold and for whom, and the password is its HMAC under the secret. The TURN server keeps no list; who has them
 * can use it until they end, and nobody can make others.
 * @param session anything without a colon; it shows in the TURN server's log
 */
export function turnServer(
  { urls, secret, ttlSeconds }: TurnSettings,
  session: string,
  nowMs: number,
): IceServer {
  const username = `${Math.floor(nowMs / 1000) + ttlSeconds}:${session}`;
  const credential = createHmac('sha1', secret).update(username).digest('base64');
  return { urls: [...urls], username, credential };
}
