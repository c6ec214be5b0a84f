import type { Server as HttpServer, IncomingMessage, ServerResponse } from 'node:http';
import { SOCIAL_ROOM, toProblem, type WorldMap } from '@chatmux/schema';
import type { Server as ColyseusServer } from '@colyseus/core';
import { DEFAULT_JOIN_LIMIT, type RateLimit, RateLimiter } from '../engine/rate-limiter.ts';
import { HttpProblem, sendJson, sendProblem } from './answers.ts';
import { type ApiOptions, createApi, whoIsAt } from './api/answer-api.ts';
import { clientAddress, limitKey, writeClientAddress } from './client-address.ts';
import { guardUpgrades } from './guard-upgrades.ts';
import { parseHost } from './host.ts';
import type { JoinRoom } from './join-world.ts';
import { answerMatchmaking } from './matchmaking.ts';
import { isAllowedOrigin } from './origin.ts';
import { allowOrigin, securityHeaders } from './security-headers.ts';
import { staticClient } from './static-client.ts';
import { worldFiles } from './world-files.ts';

/** What `/healthz` tells. */
export interface Health {
  readonly status: 'ok';
  readonly uptimeSeconds: number;
  /** People in all worlds of this process. */
  readonly people: number;
  readonly media: { readonly mode: 'auto' | 'sfu' | 'direct'; readonly sfu: 'up' | 'draining' | 'down' };
}

export interface HttpOptions {
  /** From createWebServer; the transport of `colyseus` sits on it, and it doesn't listen yet. */
  readonly server: HttpServer;
  readonly colyseus: ColyseusServer;
  /** Folder of the built client; may be missing. */
  readonly clientFolder: string;
  /** Checked maps by id. */
  readonly worlds: ReadonlyMap<string, WorldMap>;
  readonly health: () => Health;
  /** Why nobody should be sent here now, in words, for who balances or restarts servers. @default nothing keeps them away */
  readonly whyNotReady?: () => Promise<string | undefined>;
  /** Who finds a seat in rooms of a name. @default Colyseus, for every name */
  readonly joins?: ReadonlyMap<string, JoinRoom>;
  /** Answers what is for operators, and says whether it did: see admin/admin-routes.ts. @default nobody */
  readonly admin?: (
    path: string,
    request: IncomingMessage,
    response: ServerResponse,
  ) => boolean | Promise<boolean>;
  /** Who is signed in, and what may be asked about that. @default nothing */
  readonly api?: Omit<ApiOptions, 'now'>;
  /** Told of an error that is ours, and of the request it came from. The answer holds nothing of it. */
  readonly onError: (error: unknown, about: string) => void;
  /** Origins besides our own whose pages may connect. @default none */
  readonly allowedOrigins?: readonly string[];
  /** Believe X-Forwarded-For; only where every connection comes from one's own proxy. @default false */
  readonly trustProxy?: boolean;
  /** Joins one address may make; those of the social room are counted apart, and WebSockets by twice as many. @default 60 at once, 2 a second */
  readonly joinLimit?: RateLimit;
  /** A clock that never goes back, in milliseconds. @default performance.now */
  readonly now?: () => number;
}

/** Where Colyseus takes WebSockets: a process and a room, or nothing, to measure the delay. */
const SOCKET_PATH = /^\/(?:[\w-]{1,64}\/[\w-]{1,64})?(?:\?|$)/;

/**
 * Readies Colyseus and answers everything on its server: page, worlds, health, joins, and who may open a WebSocket.
 * Call `server.listen` when it is back: until then nobody is served, so nobody meets a half-open door.
 */
export async function attachHttp(options: HttpOptions): Promise<void> {
  const { server, colyseus } = options;
  // Colyseus's name for "get ready, but let me listen". It hangs its own routes on the server, which ours replace.
  await colyseus.serverless();
  server.removeAllListeners('request');
  const door = doorOf(options);
  guardUpgrades(server, door.refuseSocket);
  server.on('request', (request, response) => void door.answer(request, response));
}

function doorOf(options: HttpOptions) {
  const {
    allowedOrigins = [],
    trustProxy = false,
    joinLimit = DEFAULT_JOIN_LIMIT,
    joins = new Map(),
  } = options;
  const now = options.now ?? (() => performance.now());
  const joinRate = new RateLimiter(joinLimit);
  // A page of somebody signed in has two lines, one to a world and one to friends: neither takes the other's share.
  const socialRate = new RateLimiter(joinLimit);
  const socketRate = new RateLimiter({ burst: 2 * joinLimit.burst, perSecond: 2 * joinLimit.perSecond });
  const sendClient = staticClient(options.clientFolder);
  const sendWorld = worldFiles(options.worlds);
  const answerApi = options.api && createApi({ ...options.api, now });

  /** What every request is checked for, whatever it wants. @returns its address and its host */
  function admit(request: IncomingMessage): { readonly address: string; readonly host: string } {
    const host = parseHost(request.headers.host, 'http:');
    if (host === undefined) throw new HttpProblem(400, 'bad-message', 'The Host header names no host.');
    const address = clientAddress(request.headers, request.socket.remoteAddress, trustProxy);
    writeClientAddress(request.headers, address);
    return { address, host };
  }

  function checkOrigin({ headers: { origin, host } }: IncomingMessage): void {
    if (isAllowedOrigin(origin, host, allowedOrigins)) return;
    throw new HttpProblem(
      403,
      'not-yours',
      'Pages of other sites may not connect. ALLOWED_ORIGINS lists those that may.',
    );
  }

  function checkRate(limiter: RateLimiter, address: string): void {
    if (limiter.take(limitKey(address), now())) return;
    throw new HttpProblem(
      429,
      'too-many',
      'Too many joins from your address. Please wait a moment and try again.',
    );
  }

  function refuseSocket(request: IncomingMessage): HttpProblem | undefined {
    try {
      const { address } = admit(request);
      if (!SOCKET_PATH.test(request.url ?? ''))
        throw new HttpProblem(404, 'not-found', 'There is no such room.');
      checkOrigin(request);
      checkRate(socketRate, address);
      return undefined;
    } catch (error) {
      return problemOf(error, request);
    }
  }

  function problemOf(error: unknown, request: IncomingMessage): HttpProblem {
    if (error instanceof HttpProblem) return error;
    options.onError(error, `${request.method} ${request.url}`);
    const { code, message } = toProblem(error);
    return new HttpProblem(500, code, message);
  }

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { address, host } = admit(request);
    for (const [name, value] of Object.entries(securityHeaders(host))) response.setHeader(name, value);
    const [path = ''] = (request.url ?? '').split('?');
    // Before other origins are let in: who is signed in is this page's business alone.
    if (answerApi && path.startsWith('/api/')) {
      await answerApi(path, request, response, limitKey(address));
      return;
    }
    const { origin } = request.headers;
    if (allowedOrigins.length > 0) response.setHeader('Vary', 'Origin');
    if (origin !== undefined && allowedOrigins.includes(origin)) allowOrigin(response, origin);

    if (!path.startsWith('/'))
      throw new HttpProblem(400, 'bad-message', 'The address must begin with a slash.');
    if (path.startsWith('/matchmake/')) {
      allowMethods(request, response, 'POST');
      checkOrigin(request);
      if (request.method === 'OPTIONS') {
        sendPreflight(response);
        return;
      }
      checkRate(path.endsWith(`/${SOCIAL_ROOM}`) ? socialRate : joinRate, address);
      const identityId = options.api && (await whoIsAt(options.api.sessions, request, response));
      await answerMatchmaking(path, request, response, { address: limitKey(address), identityId }, joins);
      return;
    }
    allowMethods(request, response, 'GET', 'HEAD');
    if (await options.admin?.(path, request, response)) return;
    if (path === '/healthz') sendJson(response, 200, options.health());
    else if (path === '/readyz') await sendReady(response);
    else if (path.startsWith('/worlds/')) sendWorld(path, request, response);
    else sendClient(path, request, response);
  }

  async function sendReady(response: ServerResponse): Promise<void> {
    const why = await options.whyNotReady?.();
    if (why !== undefined) throw new HttpProblem(503, 'not-ready', why);
    sendJson(response, 200, { status: 'ready' });
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await route(request, response);
    } catch (error) {
      if (request.destroyed && !request.complete) return; // gone in the middle of its own request
      const problem = problemOf(error, request);
      if (response.headersSent) response.destroy();
      else sendProblem(response, problem, request.url?.startsWith('/api/'));
    }
  }

  return { answer, refuseSocket };
}

function allowMethods(request: IncomingMessage, response: ServerResponse, ...methods: string[]): void {
  const allowed = [...methods, ...(methods.includes('POST') ? ['OPTIONS'] : [])];
  if (allowed.includes(request.method ?? '')) return;
  response.setHeader('Allow', allowed.join(', '));
  throw new HttpProblem(405, 'bad-message', `This address takes only ${allowed.join(', ')}.`);
}

/** Answers a browser that asks whether a page of another origin may join; the origin itself was checked before. */
function sendPreflight(response: ServerResponse): void {
  response.setHeader('Access-Control-Allow-Methods', 'POST');
  response.setHeader('Access-Control-Allow-Headers', 'Content-Type, Accept, Authorization');
  response.setHeader('Access-Control-Max-Age', '600');
  response.writeHead(204).end();
}
