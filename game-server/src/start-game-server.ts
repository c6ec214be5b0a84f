import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Config } from '@chatmux/config';
import {
  openDatabase,
  sqliteFriends,
  sqliteGithub,
  sqliteGuests,
  sqliteIdentities,
  sqliteOrder,
  sqliteSessions,
} from '@chatmux/db';
import { SOCIAL_ROOM, WORLD_ROOM } from '@chatmux/schema';
import { makeRoomFor } from '@chatmux/schema/roster';
import { matchMaker, Server } from '@colyseus/core';
import { openNoMedia } from './adapters/no-media.ts';
import { connectSfuMedia } from './adapters/sfu-media.ts';
import { adminRoutes } from './admin/admin-routes.ts';
import { Accounts } from './auth/accounts.ts';
import type { RateLimit } from './engine/rate-limiter.ts';
import { Recordings } from './engine/recordings.ts';
import { Friends } from './friends/friends.ts';
import { apiRoutes } from './http/api/api-routes.ts';
import { attachHttp } from './http/attach-http.ts';
import { createWorldJoin } from './http/join-world.ts';
import { createTransport, createWebServer } from './http/web-server.ts';
import { loadWorlds, WorldProblem } from './load-worlds.ts';
import type { Log } from './log.ts';
import { ServerMetrics } from './metrics/server-metrics.ts';
import { OpenWrites } from './open-writes.ts';
import { WorldOrder } from './order/world-order.ts';
import { BlockList } from './rooms/block-list.ts';
import { blockName } from './rooms/room-blocks.ts';
import { createSocialRoom } from './rooms/social-room.ts';
import { createWorldRoom } from './rooms/world-room.ts';
import { readiness } from './why-not-ready.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Rooms get this long to say goodbye at a stop, in milliseconds. */
const STOP_MS = 3000;
/** What is over (sessions, bans, invites) is deleted this often, in milliseconds. */
const TIDY_MS = 3_600_000;

export interface GameServer {
  readonly url: string;
  /** Says goodbye to everyone, writes what is to be kept, and closes. */
  stop(): Promise<void>;
}

/** What tests set otherwise than operators. */
export interface GameServerOptions {
  joinLimit?: RateLimit;
  processMetrics?: boolean;
  /** Folder of world files. @default ours */
  worldsFolder?: string;
}

/**
 * Puts the game server together and starts it: database, worlds, media, rooms, HTTP.
 * @throws DatabaseProblem or WorldProblem, whose sentence says what to mend
 */
export async function startGameServer(
  config: Config,
  log: Log,
  options: GameServerOptions = {},
): Promise<GameServer> {
  const worlds = await loadWorlds(options.worldsFolder ?? join(ROOT, 'assets/worlds'));
  if (!worlds.has(config.world))
    throw new WorldProblem(`WORLD is “${config.world}”; allowed is ${[...worlds.keys()].join(', ')}.`);
  const database = await openDatabase({
    file: join(config.dataDir, 'chatmux.sqlite'),
    log: (text) => log.info(text),
  });

  const sfu =
    config.media !== 'direct' && config.sfuSecret !== undefined
      ? connectSfuMedia({
          url: `ws://${hostInUrl(config.sfuControlHost)}:${config.sfuControlPort}`,
          secret: config.sfuSecret,
          log,
        })
      : undefined;

  const tls = config.tls && {
    cert: await readFile(config.tls.certFile),
    key: await readFile(config.tls.keyFile),
  };
  makeRoomFor(config.maxPeople);
  const server = createWebServer(tls);
  const colyseus = new Server({
    transport: createTransport(server),
    greet: false,
    gracefullyShutdown: false,
  });
  const sfuUp = sfu && { sfuUp: () => sfu.isUp };
  const metrics = new ServerMetrics({ ...sfuUp, process: options.processMetrics ?? false });
  const admin = adminRoutes({ token: config.adminToken, metrics, ...sfuUp });
  const recordings = config.record ? new Recordings(join(config.dataDir, 'recordings'), log) : undefined;
  const people = new Map<string, number>();
  const guests = sqliteGuests(database.db);
  const writes = new OpenWrites();
  const identities = sqliteIdentities(database.db);
  const accounts = new Accounts(
    identities,
    sqliteSessions(database.db),
    () => Date.now(),
    config.github && {
      settings: config.github,
      repository: sqliteGithub(database.db),
      onTrouble: (error: unknown) => log.error('GitHub did not say who somebody is', error),
    },
  );
  const order = await WorldOrder.open(sqliteOrder(database.db), worlds, () => Date.now());
  const friends = new Friends(sqliteFriends(database.db), () => Date.now());
  const blocks = new BlockList();
  // Also where neither of the two is in a world.
  friends.events.on('block', ({ by, of, on }) => {
    if (!on) blocks.forgive(blockName(by, of));
  });
  colyseus.define(
    WORLD_ROOM,
    createWorldRoom({
      worlds,
      maxPeople: config.maxPeople,
      graceSeconds: config.reconnectSeconds,
      mediaPolicy: sfu ? config.media : 'direct',
      iceServers: config.iceServers,
      hideAddresses: config.hideAddresses,
      turn: config.turn,
      openMedia: sfu?.open ?? openNoMedia,
      guests,
      identities: accounts,
      friends,
      blocks,
      order,
      observe: (room) => metrics.observe(room),
      record: (roomId, world) => recordings?.begin(roomId, world, new Date()),
      rememberPlace: (guestHash, place) =>
        writes.add(guests.leftAt(guestHash, place, Date.now()), (error) =>
          log.error('a place was not kept', error),
        ),
      now: () => Date.now(),
      log,
      onPeople: (room, count) => (count > 0 ? people.set(room, count) : people.delete(room)),
    }),
  );
  accounts.events.on('shows', (id, shows) => friends.whereabouts.show(id, shows));
  colyseus.define(SOCIAL_ROOM, createSocialRoom({ identities: accounts, friends, log }));
  const tidyAll = () => {
    const failed = (error: unknown) => log.error('what is over was not deleted', error);
    accounts.sessions.removeExpired().catch(failed);
    order.tidy().catch(failed);
  };
  const tidy = setInterval(tidyAll, TIDY_MS);
  tidyAll();
  const startedAt = performance.now();
  let stopping = false;
  await attachHttp({
    server,
    colyseus,
    clientFolder: join(ROOT, 'client/dist'),
    worlds,
    joins: new Map([
      [
        WORLD_ROOM,
        createWorldJoin({ worlds, defaultWorld: config.world, maxCopies: config.maxCopies, order }),
      ],
    ]),
    health: () => ({
      status: 'ok',
      uptimeSeconds: Math.round((performance.now() - startedAt) / 1000),
      people: [...people.values()].reduce((sum, count) => sum + count, 0),
      media: { mode: config.media, sfu: sfu?.state ?? 'down' },
    }),
    whyNotReady: readiness({
      identities,
      needsSfu: config.media === 'sfu',
      isSfuUp: () => sfu?.isUp ?? false,
      isStopping: () => stopping,
      onError: (error) => log.error('the database does not answer', error),
    }),
    admin: admin.answer,
    api: { routes: apiRoutes(accounts, friends, order), sessions: accounts.sessions },
    onError: (error, about) => log.error(about, error),
    allowedOrigins: config.allowedOrigins,
    trustProxy: config.trustProxy,
    ...(options.joinLimit && { joinLimit: options.joinLimit }),
  });
  server.listen(config.port, config.host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const ownerSecret = await order.ownerSecret();
  if (ownerSecret !== undefined)
    log.info(`Owner link: ${tls ? 'https' : 'http'}://localhost:${port}/#/invite/${ownerSecret}`);

  return {
    url: `${tls ? 'https' : 'http'}://${hostInUrl(config.host === '0.0.0.0' ? '127.0.0.1' : config.host)}:${port}`,
    stop: async () => {
      stopping = true;
      server.close();
      clearInterval(tidy);
      await withDeadline(matchMaker.gracefullyShutdown(), STOP_MS);
      colyseus.transport.shutdown();
      // Colyseus lets go of kept seats after its rooms are gone: those goodbyes are written, too.
      await setImmediate();
      admin.stop();
      await recordings?.close();
      await writes.done();
      server.closeAllConnections();
      await sfu?.close();
      await database.close();
    },
  };
}

const hostInUrl = (host: string) => (host.includes(':') ? `[${host}]` : host);

/** Colyseus waits for its rooms without an end: a room that hangs must not keep the process. */
async function withDeadline(work: Promise<unknown>, ms: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const deadline = new Promise<void>((done) => {
    timer = setTimeout(done, ms);
  });
  await Promise.race([work, deadline]);
  clearTimeout(timer);
}
