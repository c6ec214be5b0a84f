import { startControlServer } from './control/control-server.ts';
import { handleRequest } from './control/handle-request.ts';
import { RoomLinks } from './control/room-links.ts';
import { type Log, wordsOf } from './logger.ts';
import { type MediaAddress, startMediaWorker } from './media/media-worker.ts';
import { Rooms } from './media/rooms.ts';
import { DEFAULT_TIMINGS, type SfuTimings } from './media/timings.ts';

export interface SfuSettings {
  readonly controlHost: string;
  /** 0 takes any free port. */
  readonly controlPort: number;
  readonly secret: string;
  readonly media: MediaAddress;
  readonly log: Log;
  readonly timings?: Partial<SfuTimings>;
}

export interface Sfu {
  readonly controlPort: number;
  readonly workerPid: number;
  /** Resolves with the reason if the worker dies by itself: everything is lost then, start anew. Never rejects. */
  readonly died: Promise<Error>;
  close(): Promise<void>;
}

/** Starts the whole service. Rejects with a sentence when a port is taken or the worker can't run. */
export async function startSfu(settings: SfuSettings): Promise<Sfu> {
  const { log } = settings;
  const timings = { ...DEFAULT_TIMINGS, ...settings.timings };
  const now = () => performance.now();
  const media = await startMediaWorker(settings.media, log);
  const links = new RoomLinks();
  const rooms = new Rooms(media.worker, {
    webRtcServer: media.webRtcServer,
    givesFeedback: media.givesFeedback,
    timings,
    log,
    now,
    onEvent: (event) => links.deliver(event),
    onRoomClosed: (roomId) => links.forget(roomId),
  });

  const control = await startControlServer({
    host: settings.controlHost,
    port: settings.controlPort,
    secret: settings.secret,
    pingMs: timings.pingMs,
    log,
    handle(request, connection) {
      if (request.method !== 'stats') links.adopt(request.room, connection);
      return handleRequest(rooms, request);
    },
    onClosed: (connection) => links.drop(connection, now()),
  }).catch(async (error: unknown) => {
    await media.close();
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
    workerPid: media.worker.pid,
    died: media.died,
    async close() {
      clearInterval(healing);
      rooms.close();
      await Promise.all([control.close(), media.close()]);
    },
  };
}
