import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProblemError, parseWorldMap } from '@chatmux/schema';
import { type AuthContext, type Client, Room, Server } from '@colyseus/core';
import { attachHttp, type HttpOptions } from '../attach-http.ts';
import { createTransport, createWebServer, type Tls } from '../web-server.ts';

/** Addresses that the room was told, newest last. */
export const addressesSeen: string[] = [];

/** The smallest room that shows whether a join, a refusal and a message arrive. */
class TinyRoom extends Room {
  static override async onAuth(_token: string, options: unknown, context: AuthContext): Promise<boolean> {
    addressesSeen.push(String(context.ip));
    const wish =
      typeof options === 'object' && options !== null && 'wish' in options ? options.wish : undefined;
    if (wish === 'refuse') throw new ProblemError('bad-name', 'Please choose a name that can be seen.');
    if (wish === 'break') throw new Error('a secret of the server');
    return true;
  }

  override onCreate(): void {
    this.onMessage('echo', (client: Client, words: unknown) => client.send('echo', words));
  }

  override onDrop(client: Client): void {
    this.allowReconnection(client, 5);
  }

  override onUncaughtException(): void {
    // Only its presence matters: without it Colyseus lets an error of a handler end the process.
  }
}

const MEADOW = parseWorldMap(
  {
    format: 1,
    id: 'meadow',
    name: 'A meadow',
    bounds: { minX: -10, maxX: 10, minZ: -10, maxZ: 10 },
    spawn: { x: 0, z: 0, radius: 2, turn: 0 },
    grounds: [],
    things: [],
  },
  'test',
);

export interface TestWorld {
  readonly port: number;
  readonly server: HttpServer;
  readonly errors: unknown[];
  stop(): Promise<void>;
}

/**
 * Starts what main.ts starts, with a tiny room and a page of one line, on a free port of 127.0.0.1.
 * @param define defines more rooms
 */
export async function startWorld(
  options: Partial<HttpOptions> = {},
  tls?: Tls,
  define?: (colyseus: Server) => void,
): Promise<TestWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'chatmux-http-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>page</title>');
  writeFileSync(join(folder, 'assets', 'index-Ab3_xY-9.js'), 'export {};');

  const errors: unknown[] = [];
  const server = createWebServer(tls);
  const colyseus = new Server({
    transport: createTransport(server),
    greet: false,
    gracefullyShutdown: false,
  });
  colyseus.define('tiny', TinyRoom);
  define?.(colyseus);
  await attachHttp({
    server,
    colyseus,
    clientFolder: folder,
    worlds: new Map([[MEADOW.id, MEADOW]]),
    health: () => ({ status: 'ok', uptimeSeconds: 12, people: 3, media: { mode: 'auto', sfu: 'up' } }),
    onError: (error) => errors.push(error),
    ...options,
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: portOf(server.address()),
    server,
    errors,
    async stop() {
      await colyseus.gracefullyShutdown(false);
      server.closeAllConnections();
      rmSync(folder, { recursive: true });
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port');
  return address.port;
}
