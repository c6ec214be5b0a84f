import type { IncomingMessage, ServerResponse } from 'node:http';
import { ProblemError } from '@chatmux/schema';
import { z } from 'zod';
import { deviceName } from '../../auth/device-name.ts';
import { valueIn } from '../../auth/session-cookie.ts';
import type { Sessions, SignedIn } from '../../auth/sessions.ts';
import { type RateLimit, RateLimiter } from '../../engine/rate-limiter.ts';
import { HttpProblem, STATUS, sendJson } from '../answers.ts';
import { parseHost } from '../host.ts';
import { isLoopback } from '../loopback.ts';
import { isAllowedOrigin } from '../origin.ts';
import { readJsonObject } from '../read-body.ts';
import type { Route } from './route.ts';
import { hostOf, isHttps } from './site-of.ts';

/** Largest body, in bytes: a passkey with an attestation of its maker. */
const MOST_BYTES = 32 * 1024;
/** What we give browsers to keep for a while: 16 random bytes in base64url. */
const KEPT = /^[A-Za-z0-9_-]{22}$/;
/** Of one address: a class that opens its pages at once. */
const USUAL: RateLimit = { burst: 120, perSecond: 10 };
/** Of one address, too: a class makes its identities. A code has 80 bits, so nobody guesses one by this. */
const COSTLY: RateLimit = { burst: 120, perSecond: 0.5 };
/** Of one identity, wherever they are. */
const OWN: RateLimit = { burst: 60, perSecond: 2 };

export interface ApiOptions {
  readonly routes: ReadonlyMap<string, Route>;
  readonly sessions: Sessions;
  /** A clock that never goes back, in milliseconds. */
  readonly now: () => number;
}

/**
 * Answers what is asked at `/api/…`: who may ask, how often, in which shape. What is refused here is refused for every
 * route alike.
 *
 * The answer throws HttpProblem, or another error where it is ours.
 */
export function createApi({ routes, sessions, now }: ApiOptions) {
  const [usual, costly, own] = [USUAL, COSTLY, OWN].map((limit) => new RateLimiter(limit)) as [
    RateLimiter,
    RateLimiter,
    RateLimiter,
  ];

  return async (
    path: string,
    request: IncomingMessage,
    response: ServerResponse,
    address: string,
  ): Promise<void> => {
    const route = routes.get(path);
    if (!route) throw new HttpProblem(404, 'not-found', 'There is nothing at this address.');
    if (request.method !== route.method) {
      response.setHeader('Allow', route.method);
      throw new HttpProblem(405, 'bad-message', `This address takes only ${route.method}.`);
    }
    checkOrigin(request);
    const limiter = route.rate === 'costly' ? costly : usual;
    if (!limiter.take(address, now())) throw tooMany();
    // Before anybody is asked who they are: a body may take its time, and they may be signed out meanwhile.
    const body = route.method === 'GET' ? {} : await readJsonObject(request, MOST_BYTES);
    const { signedIn, cookie } = await sessions.check(request.headers.cookie, isAskedHere(request));
    if (cookie !== undefined) response.setHeader('Set-Cookie', cookie);
    if (signedIn && !own.take(signedIn.identity.id, now())) throw tooMany();
    checkWho(route, signedIn, request);
    try {
      const answer = await route.answer({
        body,
        signedIn,
        device: deviceName(request.headers['user-agent']),
        origin: () => originOf(request),
        cookie: (name) => valueIn(request.headers.cookie ?? '', name, KEPT),
        setCookie: (value) => response.appendHeader('Set-Cookie', value),
      });
      sendJson(response, 200, answer);
    } catch (error) {
      throw refusalOf(error);
    }
  };
}

/** Who is signed in at the page that asks, by their id; undefined where that can't be told safely. */
export async function whoIsAt(
  sessions: Sessions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<string | undefined> {
  const { signedIn, cookie } = await sessions.check(request.headers.cookie, isAskedHere(request));
  if (cookie !== undefined) response.setHeader('Set-Cookie', cookie);
  return isSafe(signedIn, request) ? signedIn?.identity.id : undefined;
}

/** Whoever is on the way can write a page of plain HTTP at our name, and browsers send it what is kept for HTTPS. */
function isSafe(signedIn: SignedIn | undefined, request: IncomingMessage): boolean {
  const { origin } = request.headers;
  return !signedIn?.secure || origin === undefined || isHttps(origin) || isAskedHere(request);
}

/** Browsers name the page with each POST. What names none is no browser, and has no business here. */
function checkOrigin({ method, headers: { origin, host } }: IncomingMessage): void {
  const isNamed = origin !== undefined || method === 'GET';
  if (isNamed && isAllowedOrigin(origin, host, [])) return;
  throw new HttpProblem(403, 'not-yours', 'Only the page of this server may ask that.');
}

/** Whether the server was asked at an address of the machine it runs on. */
function isAskedHere({ headers: { host } }: IncomingMessage): boolean {
  const name = parseHost(host, 'http:');
  return name !== undefined && isLoopback(hostOf(`http://${name}`));
}

function checkWho({ who }: Route, signedIn: SignedIn | undefined, request: IncomingMessage): void {
  if (!isSafe(signedIn, request))
    throw new HttpProblem(403, 'not-yours', 'Only the page that came over HTTPS may ask that.');
  if (who === 'signed-out' && signedIn)
    throw new HttpProblem(409, 'stale', 'You are signed in already. Please load the page again.');
  if ((who === 'signed-in' || who === 'confirmed') && !signedIn)
    throw new HttpProblem(401, 'signed-out', 'You are not signed in any more.');
  if (who === 'confirmed' && !signedIn?.confirmed)
    throw new HttpProblem(403, 'confirm', 'Please show first that it is you.');
}

function originOf({ headers: { origin } }: IncomingMessage): string {
  if (origin === undefined) throw new TypeError('only a POST names its page');
  return origin;
}

const tooMany = () =>
  new HttpProblem(429, 'too-many', 'That was asked too often. Please wait a moment and try again.', 2);

function refusalOf(error: unknown): unknown {
  if (error instanceof ProblemError) return new HttpProblem(STATUS[error.code], error.code, error.message);
  if (error instanceof z.ZodError) {
    const [issue] = error.issues;
    const aboutName = error.issues.every(({ path }) => path[0] === 'name');
    return aboutName
      ? new HttpProblem(422, 'bad-name', issue?.message ?? 'Please give another name.')
      : new HttpProblem(400, 'bad-message', z.prettifyError(error));
  }
  return error;
}
