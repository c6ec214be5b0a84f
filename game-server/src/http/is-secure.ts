import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';

/**
 * True when a browser sent this over HTTPS, to us or to our own proxy.
 * @param trustProxy believe X-Forwarded-Proto, of which the last entry is the proxy's own
 */
export function isSecure({ socket, headers }: IncomingMessage, trustProxy: boolean): boolean {
  if (socket instanceof TLSSocket) return true;
  const forwarded = [headers['x-forwarded-proto'] ?? []].flat().join(',');
  return trustProxy && forwarded.split(',').at(-1)?.trim().toLowerCase() === 'https';
}
