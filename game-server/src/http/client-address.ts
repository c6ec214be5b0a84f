import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';

/** Headers in which proxies name a client, all of which Colyseus believes from anyone. */
const ADDRESS_HEADERS = ['x-forwarded-for', 'x-real-ip', 'x-client-ip'] as const;

/**
 * The address a request came from.
 *
 * Behind a trusted proxy that is the last entry of X-Forwarded-For, the one which the proxy itself wrote; those before it
 * were sent by the client, who may write anything.
 *
 * @param remote address of the connection
 * @param trustProxy true only where every connection comes from one's own proxy
 */
export function clientAddress(
  headers: IncomingHttpHeaders,
  remote: string | undefined,
  trustProxy: boolean,
): string {
  const direct = remote ?? 'unknown';
  if (!trustProxy) return direct;
  const last = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',').at(-1)?.trim() ?? '';
  return isIP(last) === 0 ? direct : last;
}

/** Replaces what a request says about its client by what we hold for true, for those who read the headers after us. */
export function writeClientAddress(headers: IncomingHttpHeaders, address: string): void {
  for (const name of ADDRESS_HEADERS) delete headers[name];
  headers['x-real-ip'] = address;
}

/**
 * What counts as one client for a limit: an IPv4 address, or the /64 of an IPv6 address, since a household gets at least
 * that many and could take a new address for every request.
 */
export function limitKey(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (isIP(address) !== 6) return address;
  const [front = '', back] = (address.split('%')[0] ?? '').split('::');
  const groups = front === '' ? [] : front.split(':');
  if (back !== undefined) {
    const behind = back === '' ? 0 : back.split(':').length;
    while (groups.length < 8 - behind) groups.push('0');
    if (back !== '') groups.push(...back.split(':'));
  }
  const network = groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(':')}::/64`;
}
