import type { ServerResponse } from 'node:http';

/**
 * Headers for every answer.
 *
 * No HSTS: over plain HTTP browsers ignore it, and with the certificate that chatMUX makes for a home network it would
 * forbid the click through the warning. Whoever runs a proxy with a real certificate sets it there.
 *
 * @param host a checked host (see parseHost), for the WebSocket addresses; browsers differ on whether 'self' covers them
 */
export function securityHeaders(host: string): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(host),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'same-origin',
    'Permissions-Policy':
      'camera=(self), microphone=(self), display-capture=(self), geolocation=(), payment=(), usb=()',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
  };
}

function contentSecurityPolicy(host: string): string {
  return [
    "default-src 'self'",
    // Blob workers (mesh decoders) load their own parts by importScripts, which script-src rules, from blob addresses too.
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "media-src 'self' blob:",
    // three fetches the textures inside a model by blob address, and small files that Vite put into the code by data address.
    `connect-src 'self' ws://${host} wss://${host} data: blob:`,
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/**
 * Lets a page of a listed origin read an answer. Nothing under `/api`, where cookies count, gets this.
 * @param origin undefined or an origin that isAllowedOrigin let pass because it is listed
 */
export function allowOrigin(response: ServerResponse, origin: string): void {
  response.setHeader('Access-Control-Allow-Origin', origin);
  // The Colyseus client asks with credentials, though none count here; browsers refuse the answer without this.
  response.setHeader('Access-Control-Allow-Credentials', 'true');
  response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
}
