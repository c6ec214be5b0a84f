import { startControlServer } from './control/control-server.ts';
import { handleRequest } from './control/handle-request.ts';
import type { Health } from './control/http-routes.ts';
import { RoomLinks } from './control/room-links.ts';
import { type Log, wordsOf } from './logger.ts';
import type { MediaAddress } from './media/media-worker.ts';
import { Rooms } from './media/rooms.ts';
import { DEFAULT_TIMINGS, type SfuTimings } from './media/timings.ts';
import { WorkerPool } from './media/worker-pool.ts';
import { SfuMetrics } from './metrics/sfu-metrics.ts';
import { SESSIONS_PER_WORKER } from './policy/place-session.ts';

export interface SfuSettings {
  readonly controlHost: string;
  /** 0 takes any free port. */
  readonly controlPort: number;
  readonly secret: string;
  /** Worker processes, at least 1; each takes a port of its own, from `media.port` on. */
  readonly workers: number;
  readonly media: MediaAddress;
  readonly log: Log;
  readonly timings?: Partial<SfuTimings>;
  /** Sessions one worker should hold before a room spreads. */
  readonly sessionsPerWorker?: number;
}

export interface Sfu {
  readonly controlPort: number;
  readonly rooms: Rooms;
  readonly pool: WorkerPool;
  /** Resolves with the reason when no worker can be kept alive: start the process anew. Never rejects. */
  readonly failed: Promise<Error>;
  /** Takes nothing new any more and tells the game servers so. `drained` resolves at the end of it. */
  drain(): void;
  /** Resolves when nobody is connected any more after `drain`, or at its deadline; a game server may have asked for it. */
  readonly drained: Promise<void>;
  close(): Promise<void>;
}

/** Between two looks whether somebody is still connected, in milliseconds. */
const DRAIN_LOOK_MS = 100;

/** Starts the whole service. Rejects with a sentence when a port is taken or a worker can't run. */
export async function startSfu(settings: SfuSettings): Promise<Sfu> {
  const { log, media } = settings;
  const timings = { ...DEFAULT_TIMINGS, ...settings.timings };
  const now = () => performance.now();
  const pool = await WorkerPool.start({
    workers: settings.workers,
    media,
    log,
    now,
    onDied: (worker) => void rooms.loseWorker(worker),
  });
  const links = new RoomLinks();
  const rooms = new Rooms(pool, {
    sessionsPerWorker: settings.sessionsPerWorker ?? SESSIONS_PER_WORKER,
    timings,
    log,
    now,
    onEvent: (event) => links.deliver(event),
    onSpeaking: (roomId, sessions) => links.tellSpeaking(roomId, sessions),
    onRoomClosed: (roomId) => links.forget(roomId),
  });
  const metrics = new SfuMetrics({ rooms, pool, isDraining: () => draining !== undefined });

  const drained = Promise.withResolvers<void>();
  let draining: NodeJS.Timeout | undefined;
  function drain(): void {
    if (draining) return;
    log.info('draining', { sessions: rooms.sessionCount, seconds: timings.drainMs / 1000 });
    rooms.drain();
    const endMs = now() + timings.drainMs;
    draining = setInterval(() => {
      if (now() < endMs && rooms.stats().transports > 0) return;
      clearInterval(draining);
      drained.resolve();
    }, DRAIN_LOOK_MS);
    control.tellAll({ event: 'draining', seconds: timings.drainMs / 1000 });
  }

  function health(): Health {
    const serving = pool.serving.length;
    const status = draining ? 'draining' : serving > 0 ? 'ok' : 'starting';
    return { status, workers: { serving, of: pool.size }, sessions: rooms.sessionCount };
  }

  const control = await startControlServer({
    host: settings.controlHost,
    port: settings.controlPort,
    secret: settings.secret,
    pingMs: timings.pingMs,
    log,
    handle(request, connection) {
      if ('room' in request) links.adopt(request.room, connection);
      return handleRequest(rooms, drain, request);
    },
    onOpened(connection) {
      if (draining) connection.send({ event: 'draining', seconds: timings.drainMs / 1000 });
    },
    onClosed: (connection) => links.drop(connection, now()),
    routes: {
      health,
      metrics: async () => ({ type: metrics.contentType, text: await metrics.text() }),
    },
  }).catch(async (error: unknown) => {
    await pool.close();
    throw new Error(
      `The control server can’t listen on ${settings.controlHost} port ${settings.controlPort} (${wordsOf(error)}). Look at SFU_CONTROL_HOST and SFU_CONTROL_PORT.`,
      { cause: error },
    );
  });

  const healing = setInterval(() => {
    rooms.heal();
    for (const roomId of links.abandoned(now(), timings.orphanMs)) {
      log.info('a room without a game server is closed', { room: roomId });
      rooms.get(roomId)?.close();
      links.forget(roomId);
    }
  }, timings.healMs);

  return {
    controlPort: control.port,
    rooms,
    pool,
    failed: pool.failed,
    drain,
    drained: drained.promise,
    async close() {
      clearInterval(healing);
      clearInterval(draining);
      rooms.close();
      await Promise.all([control.close(), pool.close()]);
    },
  };
}
