import type { AudioLevelObserver, Producer, Router } from 'mediasoup/types';
import { type Log, wordsOf } from '../logger.ts';

/** The shortest time over which the worker averages levels. */
const INTERVAL_MS = 250;
/**
 * Observers that take turns. The worker counts a voice only in an interval that has 200 ms of it: one observer alone finds
 * it after up to 450 ms, four after up to 260.
 */
const OBSERVERS = 4;
/** Average from which somebody counts as speaking, in dB of full scale. Breath and fans are below, quiet voices above. */
const THRESHOLD_DB = -50;
/** Most who are told in one interval, the loudest. */
const MOST_SPEAKERS = 200;

/** How loud the microphones of one router are. Where nobody sends sound there is nothing, not even a timer. */
export class RouterLevels {
  readonly #router: Router;
  readonly #log: Log;
  readonly #onHeard: (sessions: string[]) => void;
  readonly #microphones = new Map<string, { session: string; producer: Producer }>();
  readonly #observers: AudioLevelObserver[] = [];
  readonly #timers: NodeJS.Timeout[] = [];
  #begun = false;

  constructor(router: Router, log: Log, onHeard: (sessions: string[]) => void) {
    this.#router = router;
    this.#log = log;
    this.#onHeard = onHeard;
  }

  add(session: string, producer: Producer): void {
    this.#microphones.set(producer.id, { session, producer });
    producer.observer.once('close', () => this.#microphones.delete(producer.id));
    for (const observer of this.#observers) this.#attach(observer, producer);
    if (!this.#begun) this.#begin();
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #begin(): void {
    this.#begun = true;
    for (let i = 0; i < OBSERVERS; i++)
      this.#timers.push(setTimeout(() => void this.#observe(), (i * INTERVAL_MS) / OBSERVERS));
  }

  async #observe(): Promise<void> {
    try {
      const observer = await this.#router.createAudioLevelObserver({
        interval: INTERVAL_MS,
        threshold: THRESHOLD_DB,
        maxEntries: MOST_SPEAKERS,
      });
      this.#observers.push(observer);
      observer.on('volumes', (volumes) => {
        const heard = volumes.flatMap(({ producer }) => this.#microphones.get(producer.id)?.session ?? []);
        if (heard.length > 0) this.#onHeard(heard);
      });
      for (const { producer } of this.#microphones.values()) this.#attach(observer, producer);
    } catch (error) {
      if (!this.#router.closed) this.#log.error('levels can’t be observed', { reason: wordsOf(error) });
    }
  }

  #attach(observer: AudioLevelObserver, producer: Producer): void {
    observer.addProducer({ producerId: producer.id }).catch((error: unknown) => {
      if (!producer.closed && !this.#router.closed)
        this.#log.warn('a microphone’s level can’t be observed', { reason: wordsOf(error) });
    });
  }
}
