import type { Milliseconds } from '@chatmux/schema';
import { inboundOf } from '../inbound-stats.ts';
import type { Incoming } from '../path.ts';
import type { WarmVoices } from '../sound/warm-voices.ts';

/** How often it is looked whether media has arrived. */
const LOOK_MS: Milliseconds = 40;
/** Who is silent sends packets and no sound: they are believed after this long. */
const SILENT_MS: Milliseconds = 400;

/**
 * Watches a track that is not used yet until its media arrives: a picture was decoded, a voice sounds in the graph.
 * A voice is kept warm for whoever takes it over.
 * @param onFlow called once, unless it was ended before
 * @returns ends it
 */
export function watchFlow({ track, receiver }: Incoming, voices: WarmVoices, onFlow: () => void): () => void {
  const voice = track.kind === 'audio' ? voices.warm(track) : undefined;
  let base: number | undefined;
  let firstMs: Milliseconds | undefined;
  let looking = false;
  let ended = false;

  async function look(): Promise<void> {
    if (looking || !receiver) return;
    looking = true;
    try {
      const { packetsReceived, framesDecoded } = inboundOf([...(await receiver.getStats()).entries()]);
      if (ended) return;
      const count = voice ? packetsReceived : framesDecoded;
      base ??= count;
      if (count === base) return;
      firstMs ??= performance.now();
      if (voice && voice.rms() === 0 && performance.now() - firstMs < SILENT_MS) return;
      clearInterval(timer);
      ended = true;
      onFlow();
      voices.drop(track);
    } finally {
      looking = false;
    }
  }

  const timer = setInterval(() => {
    // A receiver of a connection that was closed meanwhile; its end is told, too.
    look().catch((error: unknown) => console.warn('a track can’t be watched', error));
  }, LOOK_MS);
  return () => {
    if (ended) return;
    ended = true;
    clearInterval(timer);
    voices.drop(track);
  };
}
