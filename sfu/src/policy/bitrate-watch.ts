import type { MediaSource } from '@chatmux/schema';

/** At least twice what our browsers send at most, in bits a second: all layers together, with what is sent again. */
const MOST: Readonly<Record<MediaSource, number>> = {
  mic: 300_000,
  'screen-audio': 400_000,
  cam: 4_000_000,
  screen: 8_000_000,
};
/** Each producer is looked at once in so many looks. */
const LOOKS = 5;
/** So often in a row it was too much: a burst is no flood. */
const STRIKES = 2;

/** What one look needs of a producer. */
export interface Watched {
  readonly id: string;
  readonly source: MediaSource;
  /** Bits a second of late; asked for only when it is looked at. */
  bitrate(): Promise<number>;
}

/**
 * [BW] Holds senders to a bitrate: everybody in earshot would pay for one that sends without measure, and no protocol makes
 * it stop.
 *
 * - [BW1] Each producer is looked at every fifth time, so that a full room costs little; paused ones, too: what they send
 *   arrives all the same.
 * - [BW2] One that was over its limit twice in a row floods.
 */
export class BitrateWatch {
  #strikes = new Map<string, number>();
  #looks = 0;

  /** Call it once a second, with all producers. @returns those that flood */
  async look<P extends Watched>(producers: readonly P[]): Promise<P[]> {
    this.#looks += 1;
    const due = producers.filter((_, index) => index % LOOKS === this.#looks % LOOKS);
    const known = new Set(producers.map(({ id }) => id));
    for (const id of this.#strikes.keys()) if (!known.has(id)) this.#strikes.delete(id);
    const floods: P[] = [];
    for (const producer of due) {
      const strikes = (await producer.bitrate()) > MOST[producer.source] ? this.#strike(producer.id) : 0;
      if (strikes === 0) this.#strikes.delete(producer.id);
      if (strikes >= STRIKES) floods.push(producer);
    }
    return floods;
  }

  #strike(id: string): number {
    const strikes = (this.#strikes.get(id) ?? 0) + 1;
    this.#strikes.set(id, strikes);
    return strikes;
  }
}
