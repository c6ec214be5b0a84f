import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import type { RtcEvent, SfuEvent } from '@chatmux/schema';
import { connectSfu, type SfuClient } from '../client/index.ts';
import { createLogger } from '../logger.ts';
import type { SfuTimings } from '../media/timings.ts';
import { type Sfu, startSfu } from '../start-sfu.ts';

export const SECRET = 'a secret of a test, long enough to pass';
/** The worker is mediasoup's own binary, which lacks our mends (scripts/worker): lines that were weak may stay so. */
export const isPrebuiltWorker = /-prebuilt/.test(process.env.MEDIASOUP_WORKER_BIN ?? '');

/** The first of so many ports in a row that are free for UDP and TCP alike at this moment. */
export async function freeMediaPort(inARow = 1): Promise<number> {
  for (;;) {
    const first = await takenPort(0);
    if (first === undefined) continue;
    const taken = [first];
    while (taken.length < inARow) {
      const next = await takenPort(first.port + taken.length);
      if (!next) break;
      taken.push(next);
    }
    await Promise.all(taken.map(({ free }) => free()));
    if (taken.length === inARow) return first.port;
  }
}

/** Takes a port for UDP and TCP, any where it is 0; undefined when it can't be had. */
async function takenPort(wanted: number) {
  const tcp = createServer();
  const port = await new Promise<number | undefined>((resolve) => {
    tcp.once('error', () => resolve(undefined));
    tcp.listen(wanted, '127.0.0.1', () => {
      const address = tcp.address();
      resolve(address && typeof address === 'object' ? address.port : undefined);
    });
  });
  if (port === undefined) return undefined;
  const udp = createSocket('udp4');
  const isFree = await new Promise<boolean>((resolve) => {
    udp.once('error', () => resolve(false));
    udp.bind(port, '127.0.0.1', () => resolve(true));
  });
  const free = async () => {
    if (isFree) await new Promise<void>((resolve) => udp.close(() => resolve()));
    await new Promise((resolve) => tcp.close(resolve));
  };
  if (isFree) return { port, free };
  await free();
  return undefined;
}

/** The real service on free ports. */
export async function startTestSfu(
  timings: Partial<SfuTimings> = {},
  { workers = 1, sessionsPerWorker = 200 } = {},
): Promise<Sfu> {
  return startSfu({
    workers,
    sessionsPerWorker,
    controlHost: '127.0.0.1',
    controlPort: 0,
    secret: SECRET,
    media: { port: await freeMediaPort(workers), listen: [{ ip: '127.0.0.1', announced: undefined }] },
    log: createLogger('error'),
    timings,
  });
}

/** A game server as the SFU sees one, and all that it was told. */
export interface TestGameServer {
  readonly client: SfuClient;
  readonly events: SfuEvent[];
  readonly log: string[];
  readonly ups: () => number;
  readonly downs: string[];
  /** Who spoke, each time that changed. */
  readonly speaking: { room: string; sessions: readonly string[]; atMs: number }[];
  readonly drains: number[];
}

/** Connects; resolves when the connection is there. */
export async function connectTestGameServer(port: number): Promise<TestGameServer> {
  const events: SfuEvent[] = [];
  const log: string[] = [];
  const downs: string[] = [];
  const speaking: TestGameServer['speaking'] = [];
  const drains: number[] = [];
  let ups = 0;
  const write = (line: string) => void log.push(line);
  return new Promise((resolve) => {
    const client = connectSfu({
      url: `ws://127.0.0.1:${port}`,
      secret: SECRET,
      onEvent: (event) => events.push(event),
      onSpeaking: (room, sessions) => speaking.push({ room, sessions, atMs: performance.now() }),
      onDraining: (seconds) => drains.push(seconds),
      onUp() {
        ups += 1;
        resolve({ client, events, log, ups: () => ups, downs, speaking, drains });
      },
      onDown: (reason) => downs.push(reason),
      log: { info: write, warn: write },
    });
  });
}

/** Events of one kind about one session, in their order. */
export function eventsOf<E extends RtcEvent['event']>(server: TestGameServer, session: string, kind: E) {
  return server.events.filter(
    (event): event is Extract<SfuEvent, { event: E }> => event.session === session && event.event === kind,
  );
}
