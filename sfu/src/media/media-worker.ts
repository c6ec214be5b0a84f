import { createWorker } from 'mediasoup';
import type { WebRtcServer, Worker } from 'mediasoup/types';
import { type Log, wordsOf } from '../logger.ts';
import { givesBandwidthFeedback } from './bandwidth-feedback.ts';

/** An address media comes in at, IPv4 or IPv6. */
export interface ListenAddress {
  readonly ip: string;
  /** What browsers are told instead of `ip`. */
  readonly announced: string | undefined;
}

export interface MediaAddress {
  /** UDP and TCP port of the first worker; each further one has the next. */
  readonly port: number;
  /** Browsers get candidates of all of them. */
  readonly listen: readonly ListenAddress[];
}

/** A worker process and its one port. */
export interface MediaWorker {
  /** Its place in the pool, from 0; the one that follows a dead worker has the same. */
  readonly number: number;
  readonly worker: Worker;
  readonly webRtcServer: WebRtcServer;
  /** It tells senders how their packets arrive. */
  readonly givesFeedback: boolean;
  /** Resolves with the reason if the worker process dies by itself; never rejects. */
  readonly died: Promise<Error>;
  /** Ends the worker process; resolves when it is gone, by force if it takes longer than two seconds. */
  close(): Promise<void>;
}

const CLOSE_MS = 2000;

/** Starts the worker process and opens its port. Throws a sentence that says what to change. */
export async function startMediaWorker(address: MediaAddress, log: Log, number = 0): Promise<MediaWorker> {
  const worker = await withoutSignals(() => createWorker({ logLevel: 'warn' })).catch((error: unknown) => {
    throw new Error(
      `The mediasoup worker can’t be started (${wordsOf(error)}). Look at MEDIASOUP_WORKER_BIN.`,
      { cause: error },
    );
  });
  const died = new Promise<Error>((resolve) => worker.once('died', resolve));
  const gone = new Promise<void>((resolve) => worker.once('subprocessclose', resolve));

  async function close(): Promise<void> {
    worker.close();
    const killer = setTimeout(() => {
      log.warn('the worker did not end by itself and is killed', { pid: worker.pid });
      try {
        process.kill(worker.pid, 'SIGKILL');
      } catch (error) {
        log.debug('the worker was gone already', { reason: wordsOf(error) });
      }
    }, CLOSE_MS);
    if (!worker.subprocessClosed) await gone;
    clearTimeout(killer);
  }

  const port = address.port + number;
  const listenInfos = address.listen.flatMap(({ ip, announced }) =>
    (['udp', 'tcp'] as const).map((protocol) => ({
      protocol,
      ip,
      port,
      ...(announced === undefined ? {} : { announcedAddress: announced }),
      // Otherwise :: would take the port of the other address, too.
      ...(address.listen.length > 1 && ip.includes(':') ? { flags: { ipv6Only: true } } : {}),
    })),
  );
  const webRtcServer = await worker.createWebRtcServer({ listenInfos }).catch(async (error: unknown) => {
    await close();
    const ips = address.listen.map(({ ip }) => ip).join(' and ');
    throw new Error(
      `Media can’t listen on ${ips} port ${port} (${wordsOf(error)}). Look at MEDIA_PORT, MEDIA_LISTEN_IP and MEDIA_LISTEN_IP6.`,
      { cause: error },
    );
  });
  const givesFeedback = await givesBandwidthFeedback(worker, webRtcServer).catch(async (error: unknown) => {
    await close();
    throw new Error(`The mediasoup worker does not work (${wordsOf(error)}). Look at MEDIASOUP_WORKER_BIN.`, {
      cause: error,
    });
  });
  if (!givesFeedback && number === 0) {
    log.warn(
      'this mediasoup worker gives senders no bandwidth feedback; they go by the packets lost, and get sharp later',
    );
  }
  return { number, worker, webRtcServer, givesFeedback, died, close };
}

/**
 * Takes the signal listeners off again that mediasoup adds for each worker: they would end the worker at the first
 * SIGTERM, and all calls with it, where we want to drain.
 * @param create adds them before its first wait
 */
function withoutSignals<T>(create: () => Promise<T>): Promise<T> {
  const signals = ['SIGINT', 'SIGTERM'] as const;
  const before = new Map(signals.map((signal) => [signal, process.listeners(signal)]));
  const created = create();
  for (const signal of signals)
    for (const listener of process.listeners(signal))
      if (!before.get(signal)?.includes(listener)) process.removeListener(signal, listener);
  return created;
}
