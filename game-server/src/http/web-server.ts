import { createServer, type Server as HttpServer, type IncomingMessage } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { MAX_CLIENT_PAYLOAD } from '@chatmux/schema';
import { WebSocketTransport } from '@colyseus/ws-transport';

/** A certificate and its key, in PEM form. */
export interface Tls {
  readonly cert: string | Buffer;
  readonly key: string | Buffer;
}

/** Limits against clients that send slowly or without an end. */
const LIMITS = {
  /** Time for the headers of a request, and for the whole of it, in milliseconds. Joins are small. */
  headersTimeout: 10_000,
  requestTimeout: 20_000,
  maxHeaderSize: 16 * 1024,
  // A browser may offer other protocols on a plain request; only a WebSocket is taken out of the ordinary way.
  shouldUpgradeCallback: (request: IncomingMessage) => request.headers.upgrade?.toLowerCase() === 'websocket',
};

/** Makes the one server for page, joins and WebSockets; it doesn't listen yet. @param tls HTTPS with this certificate */
export function createWebServer(tls?: Tls): HttpServer {
  return tls ? createTlsServer({ ...LIMITS, cert: tls.cert, key: tls.key }) : createServer(LIMITS);
}

/** Makes Colyseus's transport on that server, with limits on what a client may send before anyone has read it. */
export function createTransport(server: HttpServer): WebSocketTransport {
  return new WebSocketTransport({
    server,
    maxPayload: MAX_CLIENT_PAYLOAD,
    // Nobody sends in pieces but those who want to fill our memory with them.
    maxFragments: 64,
    maxBufferedChunks: 1024,
    // Pose frames don't compress, and a compressor for each person costs more memory than all else.
    perMessageDeflate: false,
  });
}
