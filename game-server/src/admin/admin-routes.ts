import type { IncomingMessage, ServerResponse } from 'node:http';
import { CELL_METRES } from '@chatmux/schema';
import { dumpWorld } from '../engine/world-dump.ts';
import { HttpProblem, sendJson } from '../http/answers.ts';
import { viewRoom } from '../metrics/room-view.ts';
import type { ServerMetrics } from '../metrics/server-metrics.ts';
import { tokenCheck } from './check-token.ts';
import { pageFiles } from './page-files.ts';
import { ProcessWatch } from './process-view.ts';

export interface AdminOptions {
  /** The operators' token; without it there is nothing to see here. */
  readonly token: string | undefined;
  readonly metrics: ServerMetrics;
  /** Whether the media server is connected; absent where there is none. */
  readonly sfuUp?: () => boolean;
  /** A clock that never goes back, in milliseconds. @default performance.now */
  readonly now?: () => number;
}

export interface AdminRoutes {
  /**
   * Answers what is for operators. Call it for checked GET and HEAD requests, after the client's address was written.
   * @returns false where a path is none of these
   * @throws HttpProblem 401, 404 or 429
   */
  answer(path: string, request: IncomingMessage, response: ServerResponse): boolean | Promise<boolean>;
  stop(): void;
}

const DUMP = /^\/admin\/rooms\/([\w-]{1,64})\/dump\.json$/;

/** Makes the operators' part of the server: the page `/admin`, what it shows, dumps of rooms, and `/metrics`. */
export function adminRoutes({
  token,
  metrics,
  sfuUp,
  now = () => performance.now(),
}: AdminOptions): AdminRoutes {
  const nothing = () => new HttpProblem(404, 'not-found', 'There is nothing at this address.');
  const isOurs = (path: string) => path === '/metrics' || path === '/admin' || path.startsWith('/admin/');
  if (token === undefined)
    return {
      answer: (path) => {
        if (isOurs(path)) throw nothing();
        return false;
      },
      stop: () => undefined,
    };

  const check = tokenCheck(token, now);
  const sendPage = pageFiles();
  const watch = new ProcessWatch();

  /** What the page shows; `atMs` is for rates between two answers. */
  const state = () => ({
    atMs: now(),
    process: watch.view(),
    cellMetres: CELL_METRES,
    sfu: sfuUp ? (sfuUp() ? 'up' : 'down') : 'none',
    rooms: [...metrics.rooms.values()].map(viewRoom),
  });

  async function sendMetrics(response: ServerResponse): Promise<true> {
    const text = await metrics.text();
    response.setHeader('Cache-Control', 'no-store');
    response.writeHead(200, {
      'Content-Type': metrics.contentType,
      'Content-Length': Buffer.byteLength(text),
    });
    response.end(text);
    return true;
  }

  function sendDump(roomId: string, response: ServerResponse): true {
    const room = metrics.rooms.get(roomId);
    if (!room) throw new HttpProblem(404, 'not-found', 'There is no such room.');
    response.setHeader('Content-Disposition', `attachment; filename="${roomId}.dump.json"`);
    sendJson(response, 200, {
      about:
        'Personal: this names people and says where they stand and whom they block. Delete it after use.',
      ...dumpWorld(room.room.world),
    });
    return true;
  }

  return {
    answer(path, request, response) {
      if (!isOurs(path)) return false;
      if (sendPage(path === '/admin/' ? '/admin' : path, response)) return true;
      check(request);
      if (path === '/metrics') return sendMetrics(response);
      if (path === '/admin/state.json') {
        sendJson(response, 200, state());
        return true;
      }
      const roomId = DUMP.exec(path)?.[1];
      if (roomId === undefined) throw nothing();
      return sendDump(roomId, response);
    },
    stop: () => watch.stop(),
  };
}
