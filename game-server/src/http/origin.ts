import { parseHost } from './host.ts';

/**
 * Whether a page may talk to this server: the page that this server gave out, or one of the listed origins.
 *
 * A missing origin is allowed. Every browser names the page on each WebSocket and each POST, so what names none is no
 * browser: a bot, a test, curl. Those could claim any origin anyhow. Refusing foreign origins only keeps a foreign page
 * from using what a visitor's browser attaches by itself: the cookie of whoever is signed in.
 *
 * The scheme is not compared, only host and port: behind a proxy that ends TLS the server can't know it.
 *
 * @param origin the Origin header
 * @param host the Host header of the same request
 * @param allowed further origins, as browsers write them: scheme, host, port where it isn't the scheme's own
 */
export function isAllowedOrigin(
  origin: string | undefined,
  host: string | undefined,
  allowed: readonly string[],
): boolean {
  if (origin === undefined) return true;
  if (allowed.includes(origin)) return true;
  // 'null' (a sandboxed frame, a file) can't be parsed and is refused here.
  if (!URL.canParse(origin)) return false;
  const { protocol, host: originHost } = new URL(origin);
  if (protocol !== 'http:' && protocol !== 'https:') return false;
  return originHost === parseHost(host, protocol);
}
