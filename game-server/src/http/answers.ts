import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Problem, ProblemCode } from '@chatmux/schema';

/** An answer that is not what was asked for, with the status it is sent with. */
export class HttpProblem extends Error {
  readonly status: number;
  readonly problem: Problem;
  /** When the same may be asked again, in seconds, where that helps. */
  readonly retrySeconds: number | undefined;
  constructor(status: number, code: ProblemCode, message: string, retrySeconds?: number) {
    super(message);
    this.name = 'HttpProblem';
    this.status = status;
    this.problem = { code, message };
    this.retrySeconds = retrySeconds;
  }
}

/** The status a refusal is sent with. The Colyseus client tells its caller no more than status and sentence. */
export const STATUS: Readonly<Record<ProblemCode, number>> = {
  'bad-message': 400,
  'unknown-message': 400,
  'too-many': 429,
  'too-large': 413,
  'too-fast': 429,
  stale: 409,
  'not-yours': 403,
  'not-found': 404,
  'not-in-plan': 403,
  'media-down': 503,
  'bad-version': 426,
  'bad-name': 422,
  'world-full': 503,
  locked: 403,
  'not-a-member': 403,
  'signed-out': 401,
  confirm: 403,
  'last-one': 409,
  'not-ready': 503,
  internal: 500,
};

/** Sends a value as JSON. */
export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  send(response, status, 'application/json; charset=utf-8', JSON.stringify(value));
}

/**
 * Sends a problem as JSON; the Colyseus client shows its `message`.
 * @param inDetail as problem details (RFC 9457), which our own page reads as well
 */
export function sendProblem(
  response: ServerResponse,
  { status, problem, retrySeconds }: HttpProblem,
  inDetail = false,
): void {
  if (retrySeconds !== undefined) response.setHeader('Retry-After', String(retrySeconds));
  if (!inDetail) {
    sendJson(response, status, problem);
    return;
  }
  const details = { type: 'about:blank', title: STATUS_CODES[status], status, detail: problem.message };
  send(response, status, 'application/problem+json', JSON.stringify({ ...details, ...problem }));
}

/** Sends a page. */
export function sendPage(response: ServerResponse, status: number, html: string): void {
  send(response, status, 'text/html; charset=utf-8', html);
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  if (!response.hasHeader('Cache-Control')) response.setHeader('Cache-Control', 'no-store');
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}
