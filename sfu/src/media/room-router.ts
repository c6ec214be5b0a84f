import type { Producer, Router, RtpCapabilities } from 'mediasoup/types';
import type { Log } from '../logger.ts';
import type { MediaWorker } from './media-worker.ts';
import { Pipes } from './pipes.ts';
import { RouterLevels } from './router-levels.ts';

/** A room's part on one worker: its router there, what is piped to it, and how loud its people are. */
export class RoomRouter {
  readonly worker: MediaWorker;
  readonly router: Router;
  readonly pipes: Pipes;
  /** Sessions that live here. */
  sessions = 0;
  readonly #levels: RouterLevels;

  /** @param onHeard sessions of this router that are loud enough to be speaking; told again and again while they are */
  constructor(worker: MediaWorker, router: Router, log: Log, onHeard: (sessions: string[]) => void) {
    this.worker = worker;
    this.router = router;
    this.pipes = new Pipes(router);
    this.#levels = new RouterLevels(router, log, onHeard);
    router.observer.once('close', () => this.#levels.close());
  }

  get number(): number {
    return this.worker.number;
  }

  get closed(): boolean {
    return this.router.closed;
  }

  get rtpCapabilities(): RtpCapabilities {
    return this.router.rtpCapabilities;
  }

  /** Listens to how loud a microphone is, until it ends. */
  watchLevel(session: string, producer: Producer): void {
    this.#levels.add(session, producer);
  }

  close(): void {
    this.router.close();
  }
}
