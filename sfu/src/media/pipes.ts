import type { Consumer, Producer, Router } from 'mediasoup/types';
import type { PipeNeed } from '../policy/needed-pipes.ts';

/** What is piped to one router from the room's others: each producer once. */
export class Pipes {
  readonly #router: Router;
  /** The sending end of each pipe, by the producer's id, which is the same on both routers. */
  readonly #pipes = new Map<string, Promise<Consumer>>();

  constructor(router: Router) {
    this.#router = router;
  }

  get count(): number {
    return this.#pipes.size;
  }

  /** Makes the producer known to this router. Rejects when one of both routers has gone. */
  async bring(producer: Producer, from: Router): Promise<void> {
    if (from === this.#router) return;
    const { id } = producer;
    const existing = this.#pipes.get(id);
    if (existing) {
      await existing;
      return;
    }
    const opening = this.#open(id, from);
    this.#pipes.set(id, opening);
    try {
      const consumer = await opening;
      const forget = () => {
        if (this.#pipes.get(id) === opening) this.#pipes.delete(id);
      };
      consumer.observer.once('close', forget);
      if (consumer.closed) forget();
    } catch (error) {
      this.#pipes.delete(id);
      throw error;
    }
  }

  /** Closes what is not needed any more, and lets rest what nobody plays. Not while something is being brought. */
  async tidy(needs: ReadonlyMap<string, PipeNeed>): Promise<void> {
    await Promise.all(
      [...this.#pipes].map(async ([id, pipe]) => {
        const consumer = await pipe;
        const need = needs.get(id);
        if (need === undefined) consumer.close();
        else if (need === 'resting' && !consumer.paused) await consumer.pause();
        else if (need === 'playing' && consumer.paused) await consumer.resume();
      }),
    );
  }

  async #open(producerId: string, from: Router): Promise<Consumer> {
    const { pipeConsumer, pipeProducer } = await from.pipeToRouter({
      producerId,
      router: this.#router,
      enableSctp: false,
    });
    if (!pipeConsumer || !pipeProducer) throw new Error('the pipe lacks an end');
    follow(pipeConsumer, pipeProducer);
    return pipeConsumer;
  }
}

/**
 * Lets the far end of a pipe rest and go on with the near one. mediasoup does so, too, but leaves the promise alone: where
 * the far router goes in that moment, its rejection would end the process.
 */
function follow(near: Consumer, far: Producer): void {
  for (const change of ['pause', 'resume'] as const) {
    near.observer.removeAllListeners(change);
    near.observer.on(change, () => {
      far[change]().catch(() => near.close());
    });
  }
}
