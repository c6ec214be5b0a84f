// A name or an IPv4 address, or an IPv6 address in brackets; then perhaps a port.
const HOST = /^(?:[a-z0-9](?:[a-z0-9._-]{0,252})|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i;

/**
 * A Host header as an URL would say it: small letters, without the scheme's own port. Undefined where it is none.
 * What comes back is safe to put into another header: it holds no space, quote or semicolon.
 * @param scheme decides which port is left out
 */
export function parseHost(host: string | undefined, scheme: 'http:' | 'https:'): string | undefined {
  if (host === undefined || !HOST.test(host)) return undefined;
  const url = `${scheme}//${host}`;
  return URL.canParse(url) ? new URL(url).host : undefined;
}
