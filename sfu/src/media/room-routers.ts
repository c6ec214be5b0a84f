import { ProblemError } from '@chatmux/schema';
import type { RtpCapabilities } from 'mediasoup/types';
import type { Log } from '../logger.ts';
import { placeSession } from '../policy/place-session.ts';
import { MEDIA_CODECS } from './codecs.ts';
import type { MediaWorker } from './media-worker.ts';
import { RoomRouter } from './room-router.ts';

interface Surroundings {
  readonly workers: () => readonly MediaWorker[];
  readonly loadOf: (worker: number) => number;
  readonly sessionsPerWorker: number;
  readonly log: Log;
}

/** The routers of one room: at most one a worker, made when the first session comes to live there. */
export class RoomRouters {
  readonly #around: Surroundings;
  readonly #onHeard: (sessions: string[]) => void;
  readonly #routers = new Map<number, RoomRouter>();
  readonly #opening = new Map<number, Promise<void>>();
  #rtpCapabilities: RtpCapabilities | undefined;
  #closed = false;

  constructor(around: Surroundings, onHeard: (sessions: string[]) => void) {
    this.#around = around;
    this.#onHeard = onHeard;
  }

  get all(): readonly RoomRouter[] {
    return [...this.#routers.values()];
  }

  /** What browsers may send and receive here; the same on every worker. */
  get rtpCapabilities(): RtpCapabilities {
    if (!this.#rtpCapabilities) throw new Error('the room has no router yet');
    return this.#rtpCapabilities;
  }

  /**
   * The router a session should live on, made on first use.
   * @param own where the session lives until now
   * @param nearOf how many of those whom it is to receive live on each worker
   * @throws ProblemError `media-down` while no worker serves
   */
  async homeFor(
    own: () => RoomRouter | undefined,
    nearOf: () => ReadonlyMap<number, number>,
  ): Promise<RoomRouter> {
    for (;;) {
      const { workers, loadOf, sessionsPerWorker } = this.#around;
      const near = nearOf();
      const serving = workers();
      const ownNumber = own()?.number;
      const loads = serving.map(({ number }) => {
        const itself = number === ownNumber ? 1 : 0;
        const router = this.#routers.get(number);
        return {
          worker: number,
          sessions: loadOf(number) - itself,
          ofRoom: router && router.sessions - itself,
          near: near.get(number) ?? 0,
        };
      });
      const number = placeSession(loads, sessionsPerWorker);
      const worker = serving.find((each) => each.number === number);
      if (!worker)
        throw new ProblemError('media-down', 'The media server is starting anew. Please try again.');
      const existing = this.#routers.get(worker.number);
      if (existing && !existing.closed) return existing;
      this.#routers.delete(worker.number);
      await this.#open(worker);
    }
  }

  /** A worker is gone. @returns the router that was there */
  lose(worker: MediaWorker): RoomRouter | undefined {
    const router = this.#routers.get(worker.number);
    if (router?.worker !== worker) return undefined;
    this.#routers.delete(worker.number);
    return router;
  }

  close(): void {
    this.#closed = true;
    for (const router of this.#routers.values()) router.close();
    this.#routers.clear();
  }

  async #open(worker: MediaWorker): Promise<void> {
    const opening = this.#opening.get(worker.number) ?? this.#make(worker);
    this.#opening.set(worker.number, opening);
    try {
      await opening;
    } finally {
      this.#opening.delete(worker.number);
    }
  }

  async #make(worker: MediaWorker): Promise<void> {
    const router = await worker.worker.createRouter({ mediaCodecs: MEDIA_CODECS }).catch((error: unknown) => {
      // It died just now: the next round finds another.
      if (worker.worker.closed) return undefined;
      throw error;
    });
    if (!router || router.closed) return;
    if (this.#closed) {
      router.close();
      throw new ProblemError('media-down', 'The room was closed meanwhile. Please try again.');
    }
    this.#rtpCapabilities = router.rtpCapabilities;
    this.#routers.set(worker.number, new RoomRouter(worker, router, this.#around.log, this.#onHeard));
  }
}
