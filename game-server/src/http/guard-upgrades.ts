import { type Server as HttpServer, type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { HttpProblem } from './answers.ts';

/**
 * Puts a guard before all who take WebSockets from a server now, so call it when Colyseus is attached.
 *
 * Before, rather than in Colyseus's own `beforeUpgrade`: by then it has parsed the address of the request, and one that
 * can't be parsed throws where nobody catches.
 *
 * @param refuse gives the refusal, or undefined to let a request through
 */
export function guardUpgrades(
  server: HttpServer,
  refuse: (request: IncomingMessage) => HttpProblem | undefined,
): void {
  const takers = server.listeners('upgrade');
  server.removeAllListeners('upgrade');
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const refusal = refuse(request);
    if (refusal) answer(socket, refusal);
    else for (const taker of takers) taker.call(server, request, socket, head);
  });
}

function answer(socket: Duplex, { status, problem }: HttpProblem): void {
  const body = JSON.stringify(problem);
  // The client may be gone already; there is nobody left to tell.
  socket.on('error', () => socket.destroy());
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
    // Whoever never closes their side would hold a socket for nothing.
    () => socket.destroy(),
  );
}
