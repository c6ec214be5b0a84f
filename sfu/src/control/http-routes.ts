import type { IncomingMessage, ServerResponse } from 'node:http';
import { carriesSecret } from './secret.ts';

/** Whether the service can be used, in words and numbers that are no secret. */
export interface Health {
  /** `starting`: no worker serves just now. */
  readonly status: 'ok' | 'draining' | 'starting';
  readonly workers: { readonly serving: number; readonly of: number };
  readonly sessions: number;
}

export interface HttpRoutes {
  health(): Health;
  /** Everything measured, as text for Prometheus. */
  metrics(): Promise<{ type: string; text: string }>;
}

/** Answers what is no WebSocket: `GET /healthz` for everybody, with 503 unless `ok`; `GET /metrics` with the secret. */
export async function answerHttp(
  routes: HttpRoutes,
  secret: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const send = (status: number, type: string, text: string) =>
    void response
      .writeHead(status, { 'content-type': type, 'cache-control': 'no-store', connection: 'close' })
      .end(text);
  const plain = 'text/plain; charset=utf-8';
  const [pathname] = (request.url ?? '/').split('?');
  if (pathname !== '/healthz' && pathname !== '/metrics') {
    response.setHeader('upgrade', 'websocket');
    return send(426, plain, 'This address speaks WebSocket; /healthz and /metrics speak HTTP.\n');
  }
  if (request.method !== 'GET') return send(405, plain, 'Only GET is spoken here.\n');
  if (pathname === '/healthz') {
    const health = routes.health();
    return send(health.status === 'ok' ? 200 : 503, 'application/json', `${JSON.stringify(health)}\n`);
  }
  if (!carriesSecret(request.headers.authorization, secret))
    return send(401, plain, 'The metrics need the secret: Authorization: Bearer SFU_SECRET.\n');
  const { type, text } = await routes.metrics();
  send(200, type, text);
}
