import { createWorker } from 'mediasoup';
import type { WebRtcServer, Worker } from 'mediasoup/types';
import { type Log, wordsOf } from '../logger.ts';
import { givesBandwidthFeedback } from './bandwidth-feedback.ts';

export interface MediaAddress {
  /** UDP and TCP port for everybody's media. */
  readonly port: number;
  readonly listenIp: string;
  /** What browsers are told instead of `listenIp`. */
  readonly announcedAddress: string | undefined;
}

/** The worker process and its one port. */
export interface MediaWorker {
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
export async function startMediaWorker(address: MediaAddress, log: Log): Promise<MediaWorker> {
  const worker = await createWorker({ logLevel: 'warn' }).catch((error: unknown) => {
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

  const { port, listenIp: ip, announcedAddress } = address;
  const announced = announcedAddress === undefined ? {} : { announcedAddress };
  const webRtcServer = await worker
    .createWebRtcServer({
      listenInfos: [
        { protocol: 'udp', ip, port, ...announced },
        { protocol: 'tcp', ip, port, ...announced },
      ],
    })
    .catch(async (error: unknown) => {
      await close();
      throw new Error(
        `Media can’t listen on ${ip} port ${port} (${wordsOf(error)}). Look at MEDIA_PORT and MEDIA_LISTEN_IP.`,
        { cause: error },
      );
    });
  const givesFeedback = await givesBandwidthFeedback(worker, webRtcServer).catch(async (error: unknown) => {
    await close();
    throw new Error(`The mediasoup worker does not work (${wordsOf(error)}). Look at MEDIASOUP_WORKER_BIN.`, {
      cause: error,
    });
  });
  if (!givesFeedback) {
    log.warn(
      'this mediasoup worker gives senders no bandwidth feedback; they go by the packets lost, and get sharp later',
    );
  }
  return { worker, webRtcServer, givesFeedback, died, close };
}
