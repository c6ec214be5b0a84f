import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import type { RtcEvent, SfuEvent } from '@chatmux/schema';
import { connectSfu, type SfuClient } from '../client/index.ts';
import { createLogger } from '../logger.ts';
import type { SfuTimings } from '../media/timings.ts';
import { type Sfu, startSfu } from '../start-sfu.ts';

export const SECRET = 'a secret of a test, long enough to pass';

/** A port that is free for UDP and TCP alike at this moment. */
export async function freeMediaPort(): Promise<number> {
  for (;;) {
    const tcp = createServer();
    const port = await new Promise<number>((resolve, reject) => {
      tcp.once('error', reject);
      tcp.listen(0, '127.0.0.1', () => {
        const address = tcp.address();
        if (address && typeof address === 'object') resolve(address.port);
      });
    });
    const udp = createSocket('udp4');
    const free = await new Promise<boolean>((resolve) => {
      udp.once('error', () => resolve(false));
      udp.bind(port, '127.0.0.1', () => resolve(true));
    });
    if (free) await new Promise<void>((resolve) => udp.close(() => resolve()));
    await new Promise((resolve) => tcp.close(resolve));
    if (free) return port;
  }
}

/** The real service on free ports. */
export async function startTestSfu(timings: Partial<SfuTimings> = {}): Promise<Sfu> {
  return startSfu({
    controlHost: '127.0.0.1',
    controlPort: 0,
    secret: SECRET,
    media: { port: await freeMediaPort(), listenIp: '127.0.0.1', announcedAddress: undefined },
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
}

/** Connects; resolves when the connection is there. */
export async function connectTestGameServer(port: number): Promise<TestGameServer> {
  const events: SfuEvent[] = [];
  const log: string[] = [];
  const downs: string[] = [];
  let ups = 0;
  const write = (line: string) => void log.push(line);
  return new Promise((resolve) => {
    const client = connectSfu({
      url: `ws://127.0.0.1:${port}`,
      secret: SECRET,
      onEvent: (event) => events.push(event),
      onUp() {
        ups += 1;
        resolve({ client, events, log, ups: () => ups, downs });
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
