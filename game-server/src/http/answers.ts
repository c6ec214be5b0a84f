import type { ServerResponse } from 'node:http';
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

/** Sends a value as JSON. */
export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  send(response, status, 'application/json; charset=utf-8', JSON.stringify(value));
}

/** Sends a problem as JSON; the Colyseus client shows its `message`. */
export function sendProblem(response: ServerResponse, { status, problem, retrySeconds }: HttpProblem): void {
  if (retrySeconds !== undefined) response.setHeader('Retry-After', String(retrySeconds));
  sendJson(response, status, problem);
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
