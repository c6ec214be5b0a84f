import { type Log, wordsOf } from '../logger.ts';
import { afterDeath, type Deaths } from '../policy/respawn.ts';
import { type MediaAddress, type MediaWorker, startMediaWorker } from './media-worker.ts';

export interface PoolOptions {
  /** At least 1. */
  readonly workers: number;
  readonly media: MediaAddress;
  readonly log: Log;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  /** A worker has died, and all that lived on it; another follows in its place. */
  readonly onDied: (worker: MediaWorker) => void;
}

/** One place in the pool, whoever fills it. */
interface Place {
  readonly number: number;
  current: MediaWorker | undefined;
  startedMs: number;
  deaths: Deaths;
  timer: NodeJS.Timeout | undefined;
  starting: Promise<void> | undefined;
}

/** The worker processes of this SFU. One that dies is followed by another on the same port. */
export class WorkerPool {
  readonly size: number;
  /** Resolves with the reason when no worker can be kept alive any more. Never rejects. */
  readonly failed: Promise<Error>;
  readonly #options: PoolOptions;
  readonly #places: Place[];
  readonly #waiting = new Set<() => void>();
  #fail: (reason: Error) => void = () => undefined;
  #deaths = 0;
  #closed = false;

  private constructor(options: PoolOptions) {
    this.size = options.workers;
    this.#options = options;
    this.#places = Array.from({ length: options.workers }, (_, number) => ({
      number,
      current: undefined,
      startedMs: 0,
      deaths: { quick: 0 },
      timer: undefined,
      starting: undefined,
    }));
    this.failed = new Promise((resolve) => {
      this.#fail = resolve;
    });
  }

  /** Starts all workers. Rejects with a sentence that says what to change; nothing is left running then. */
  static async start(options: PoolOptions): Promise<WorkerPool> {
    const pool = new WorkerPool(options);
    const results = await Promise.allSettled(pool.#places.map((place) => pool.#start(place)));
    const broken = results.find((result) => result.status === 'rejected');
    if (!broken) return pool;
    await pool.close();
    throw broken.reason;
  }

  /** Those that serve now. */
  get serving(): readonly MediaWorker[] {
    return this.#places.flatMap(({ current }) => (current && !current.worker.closed ? current : []));
  }

  /** Workers that died by themselves since the start. */
  get deaths(): number {
    return this.#deaths;
  }

  /** Resolves as soon as a worker serves, with true; with false when the pool closes, or after so many milliseconds. */
  async untilServing(mostMs?: number): Promise<boolean> {
    if (this.serving.length > 0 || this.#closed) return !this.#closed;
    let timer: NodeJS.Timeout | undefined;
    let wake: () => void = () => undefined;
    await new Promise<void>((resolve) => {
      wake = resolve;
      this.#waiting.add(wake);
      if (mostMs !== undefined) timer = setTimeout(resolve, mostMs);
    });
    clearTimeout(timer);
    this.#waiting.delete(wake);
    return this.serving.length > 0 && !this.#closed;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const wake of this.#waiting) wake();
    for (const place of this.#places) clearTimeout(place.timer);
    // One that starts just now ends itself when it is there.
    await Promise.all(this.#places.map(({ starting }) => starting));
    await Promise.all(this.serving.map((worker) => worker.close()));
  }

  async #start(place: Place): Promise<void> {
    const { media, log, now } = this.#options;
    const worker = await startMediaWorker(media, log, place.number);
    if (this.#closed) return worker.close();
    place.current = worker;
    place.startedMs = now();
    void worker.died.then((reason) => this.#lost(place, worker, reason));
    for (const wake of this.#waiting) wake();
  }

  #lost(place: Place, worker: MediaWorker, reason: Error): void {
    if (place.current === worker) place.current = undefined;
    if (this.#closed) return;
    this.#deaths += 1;
    const { log, now, onDied } = this.#options;
    log.error('a mediasoup worker died', {
      worker: place.number,
      pid: worker.worker.pid,
      reason: reason.message,
    });
    onDied(worker);
    this.#followUp(place, now() - place.startedMs);
  }

  /** Starts the next worker at its time, or gives up. */
  #followUp(place: Place, livedMs: number): void {
    const { pauseMs, hopeless, ...deaths } = afterDeath(place.deaths, livedMs);
    place.deaths = deaths;
    if (hopeless && this.serving.length === 0) {
      this.#fail(new Error('no mediasoup worker stays alive'));
      return;
    }
    const { log } = this.#options;
    place.timer = setTimeout(() => {
      place.starting = this.#start(place).then(
        () => log.info('a mediasoup worker serves again', { worker: place.number }),
        (error: unknown) => {
          log.error('a mediasoup worker can’t be started again', {
            worker: place.number,
            reason: wordsOf(error),
          });
          if (!this.#closed) this.#followUp(place, 0);
        },
      );
    }, pauseMs);
  }
}
