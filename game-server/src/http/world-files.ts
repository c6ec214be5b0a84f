import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { WorldMap } from '@chatmux/schema';
import { HttpProblem } from './answers.ts';

/**
 * Serves `/worlds/ID.json`: the same checked maps that the rooms run, so that what stops a body is what is drawn.
 * @param worlds maps by id; written out once, here
 */
export function worldFiles(
  worlds: ReadonlyMap<string, WorldMap>,
): (path: string, request: IncomingMessage, response: ServerResponse) => void {
  const files = new Map<string, { readonly body: Buffer; readonly tag: string }>();
  for (const [id, world] of worlds) {
    const body = Buffer.from(JSON.stringify(world));
    files.set(`/worlds/${id}.json`, {
      body,
      tag: `"${createHash('sha256').update(body).digest('base64url')}"`,
    });
  }
  return (path, request, response) => {
    const file = files.get(path);
    if (!file) throw new HttpProblem(404, 'not-found', 'There is no such world.');
    response.setHeader('Cache-Control', 'no-cache');
    response.setHeader('ETag', file.tag);
    if (request.headers['if-none-match'] === file.tag) {
      response.writeHead(304).end();
      return;
    }
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
    response.setHeader('Content-Length', file.body.length);
    response.end(file.body);
  };
}
