import { createServer } from 'node:http';
import type { SfuRequest, SfuServiceEvent } from '@chatmux/schema';
import { WebSocketServer } from 'ws';
import { type Log, wordsOf } from '../logger.ts';
import { ControlConnection } from './control-connection.ts';
import { answerHttp, type HttpRoutes } from './http-routes.ts';
import { carriesSecret } from './secret.ts';

export interface ControlServerOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly secret: string;
  /** Between two pings, in milliseconds. */
  readonly pingMs: number;
  readonly log: Log;
  readonly handle: (request: SfuRequest, connection: ControlConnection) => Promise<unknown>;
  readonly onOpened: (connection: ControlConnection) => void;
  readonly onClosed: (connection: ControlConnection) => void;
  readonly routes: HttpRoutes;
}

export interface ControlServer {
  readonly port: number;
  /** Tells every game server. */
  tellAll(event: SfuServiceEvent): void;
  /** Ends every connection and stops listening. */
  close(): Promise<void>;
}

/** Largest frame a game server may send, in bytes: a whole plan of a full room. */
const MAX_CONTROL_PAYLOAD = 8 * 1024 * 1024;
const MOST_SOCKETS = 256;

/** Listens for game servers. Rejects with the system's error when it can't listen. */
export async function startControlServer(options: ControlServerOptions): Promise<ControlServer> {
  const { log } = options;
  const connections = new Set<ControlConnection>();
  const webSockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_CONTROL_PAYLOAD,
    maxFragments: 1024,
    maxBufferedChunks: 65_536,
    perMessageDeflate: false,
  });
  const http = createServer({ headersTimeout: 5000, requestTimeout: 5000 }, (request, response) => {
    answerHttp(options.routes, options.secret, request, response).catch((error: unknown) => {
      log.error('an HTTP request failed', { reason: wordsOf(error) });
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  http.maxConnections = MOST_SOCKETS;
  http.on('upgrade', (request, socket, head) => {
    socket.on('error', (error) => log.debug('a control socket failed', { reason: error.message }));
    if (!carriesSecret(request.headers.authorization, options.secret)) {
      log.warn('refused a control connection: the secret is missing or wrong', {
        address: request.socket.remoteAddress,
      });
      // Whoever doesn't close their side would keep a place that the game server needs.
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n', () =>
        socket.destroy(),
      );
      return;
    }
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      const connection = new ControlConnection(webSocket, log, options.handle, () => {
        connections.delete(connection);
        options.onClosed(connection);
      });
      connections.add(connection);
      options.onOpened(connection);
      log.info('a game server is connected', { address: request.socket.remoteAddress });
    });
  });

  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(options.port, options.host, resolve);
  });
  http.on('error', (error) => log.error('the control server failed', { reason: error.message }));
  const pinging = setInterval(() => {
    for (const connection of connections) connection.ping();
  }, options.pingMs);

  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('The control server has no port.');
  return {
    port: address.port,
    tellAll(event) {
      for (const connection of connections) connection.send(event);
    },
    async close() {
      clearInterval(pinging);
      for (const connection of connections) connection.close();
      const closed = new Promise<void>((resolve) => http.close(() => resolve()));
      http.closeAllConnections();
      webSockets.close();
      await closed;
    },
  };
}
