import type { MediaSource } from '@chatmux/schema';
import type { Producer } from 'mediasoup/types';
import { BitrateWatch } from '../policy/bitrate-watch.ts';
import type { Session } from './session.ts';

/** Sees who of a room sends without measure: [BW]. */
export class FloodWatch {
  readonly #bitrates = new BitrateWatch();

  /** Call it once a second. @returns sessions that flood, and by what */
  async look(sessions: Iterable<Session>): Promise<{ session: Session; source: MediaSource }[]> {
    const producers = [...sessions].flatMap((session) =>
      [...session.producers].map(([source, producer]) => ({
        id: producer.id,
        source,
        session,
        bitrate: () => bitrateOf(producer),
      })),
    );
    return this.#bitrates.look(producers);
  }
}

/** Bits a second that came of a producer of late. It may have gone meanwhile. */
async function bitrateOf(producer: Producer): Promise<number> {
  try {
    const stats = await producer.getStats();
    return stats.reduce((sum, { bitrate }) => sum + bitrate, 0);
  } catch (error) {
    if (producer.closed) return 0;
    throw error;
  }
}
