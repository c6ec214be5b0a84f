import {
  PROBLEM_CODES,
  ProblemError,
  type RtcReplies,
  type RtcRequest,
  type SfuEvent,
  type SfuRequest,
  type SfuStats,
  sfuEventSchema,
  sfuRoomEventSchema,
  sfuServiceEventSchema,
  type Want,
} from '@chatmux/schema';
import { z } from 'zod';
import { PendingRequests } from './pending-requests.ts';
import { openReconnectingSocket } from './reconnecting-socket.ts';
import { rtcReplySchemas, statsSchema } from './reply-schemas.ts';

/** What the client needs of a logger. */
export interface ClientLog {
  info(message: string): void;
  warn(message: string): void;
}

export interface SfuClientOptions {
  /** `ws://host:port` of the SFU's control server. */
  readonly url: string;
  readonly secret: string;
  readonly onEvent: (event: SfuEvent) => void;
  /** These sessions of a room speak now, and no others. */
  readonly onSpeaking: (room: string, sessions: readonly string[]) => void;
  /** It takes no new sessions any more, and ends in so many seconds at the latest. */
  readonly onDraining: (seconds: number) => void;
  /** Connected, also after each loss: send keep-sessions and the whole plan now. */
  readonly onUp: () => void;
  /** The connection was lost; it is tried again by itself. */
  readonly onDown: (reason: string) => void;
  readonly log: ClientLog;
  /** A request without a reply fails after this many milliseconds. Default 5000. */
  readonly timeoutMs?: number;
}

export interface PlanOfListener {
  readonly session: string;
  readonly wants: readonly Want[];
}

/**
 * The SFU, seen from a game server. `rtc` and `stats` reject with a ProblemError (`media-down` while there is no
 * connection). The others never throw: they are sent again anyway, so what is lost or refused is only logged.
 */
export interface SfuClient {
  isUp(): boolean;
  rtc<M extends RtcRequest['method']>(
    room: string,
    session: string,
    request: Extract<RtcRequest, { method: M }>,
  ): Promise<RtcReplies[M]>;
  plan(room: string, listeners: readonly PlanOfListener[]): void;
  closeSession(room: string, session: string): void;
  keepSessions(room: string, sessions: readonly string[]): void;
  closeRoom(room: string): void;
  stats(): Promise<SfuStats>;
  /** Asks it to end when the last session is gone, and to take no new one; resolves when it has begun. */
  drain(): Promise<void>;
  /** Ends the connection for good; what waits is rejected with `media-down`. */
  close(): Promise<void>;
}

const frameSchema = z.union([
  z.object({ id: z.int(), ok: z.literal(true), data: z.unknown() }),
  z.object({
    id: z.int(),
    ok: z.literal(false),
    problem: z.object({ code: z.enum(PROBLEM_CODES), message: z.string() }),
  }),
  z.object({ event: z.union([sfuEventSchema, sfuRoomEventSchema, sfuServiceEventSchema]) }),
]);

/** Connects to the SFU and stays connected. Returns at once; `onUp` tells when it is there. */
export function connectSfu(options: SfuClientOptions): SfuClient {
  const { log } = options;
  const pending = new PendingRequests(options.timeoutMs ?? 5000);
  let failuresInARow = 0;

  const socket = openReconnectingSocket({
    url: options.url,
    headers: { authorization: `Bearer ${options.secret}` },
    onText: receive,
    onOpen() {
      failuresInARow = 0;
      log.info('The media server is connected.');
      options.onUp();
    },
    onLost(reason) {
      log.warn(`The media server is gone: ${reason}.`);
      pending.rejectAll(new ProblemError('media-down', 'The media server was lost. It is tried again.'));
      options.onDown(reason);
    },
    onFailed(reason) {
      // One line for an outage, however long.
      if (failuresInARow++ === 0)
        log.warn(`The media server can’t be reached: ${reason}. It is tried again.`);
    },
  });

  function receive(text: string): void {
    const result = frameSchema.safeParse(parseJson(text));
    if (!result.success) {
      log.warn(`The media server sent a frame that can’t be read: ${z.prettifyError(result.error)}`);
      return;
    }
    const frame = result.data;
    if ('event' in frame) {
      const { event } = frame;
      if (event.event === 'levels') options.onSpeaking(event.room, event.speaking);
      else if (event.event === 'draining') options.onDraining(event.seconds);
      else options.onEvent(event);
      return;
    }
    const known = frame.ok
      ? pending.resolve(frame.id, frame.data)
      : pending.reject(frame.id, new ProblemError(frame.problem.code, frame.problem.message));
    if (!known) log.warn('The media server answered a request too late.');
  }

  async function ask<T>(request: SfuRequest, schema: z.ZodType<T>): Promise<T> {
    if (!socket.isOpen()) throw new ProblemError('media-down', 'The media server is away.');
    const data = await pending.ask((id) => socket.send(JSON.stringify({ id, request })));
    const result = schema.safeParse(data);
    if (result.success) return result.data;
    throw new ProblemError('internal', 'The media server gave an answer that can’t be read.', {
      cause: result.error,
    });
  }

  function tell(request: SfuRequest): void {
    if (!socket.isOpen()) return;
    ask(request, z.unknown()).catch((error: unknown) => {
      log.warn(
        `The media server did not do ${request.method}: ${error instanceof Error ? error.message : String(error)}`,
      );
    });
  }

  return {
    isUp: () => socket.isOpen(),
    rtc(room, session, request) {
      return ask({ method: 'rtc', room, session, request }, rtcReplySchemas[request.method]);
    },
    plan: (room, listeners) =>
      tell({
        method: 'plan',
        room,
        listeners: listeners.map(({ session, wants }) => ({ session, wants: [...wants] })),
      }),
    closeSession: (room, session) => tell({ method: 'close-session', room, session }),
    keepSessions: (room, sessions) => tell({ method: 'keep-sessions', room, sessions: [...sessions] }),
    closeRoom: (room) => tell({ method: 'close-room', room }),
    stats: () => ask({ method: 'stats' }, statsSchema),
    drain: async () => {
      await ask({ method: 'drain' }, z.strictObject({}));
    },
    close: () => socket.close(),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The schema refuses it, and the log says so.
    return undefined;
  }
}
