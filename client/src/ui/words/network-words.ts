import type { AppState, MediaState } from '../../store/types.ts';

/** Round trips from here on are felt, in milliseconds. */
export const SLOW_ROUND_TRIP_MS = 250;

type Tone = 'good' | 'waiting' | 'warning' | 'danger';

interface NetworkWords {
  tone: Tone;
  text: string;
  /** A button that tries again makes sense. */
  canRetry: boolean;
}

/** How voices travel now, in words. @param allowed whether we want direct connections */
export function mediaWords({ mode, state }: MediaState, allowed = true): { tone: Tone; text: string } {
  if (mode === 'none') return { tone: 'warning', text: 'No voice: this place has none right now' };
  if (state === 'failed') {
    const text =
      mode === 'sfu'
        ? "No voice: we can't reach the voice server"
        : allowed
          ? "No voice: we can't reach people directly"
          : 'No voice: the voice server is away, and you want no direct connections';
    return { tone: 'warning', text };
  }
  if (state !== 'on') return { tone: 'waiting', text: 'Voice is connecting…' };
  return { tone: 'good', text: mode === 'sfu' ? 'Voice through the server' : 'Connected to people directly' };
}

/** What is wrong with the network, as far as voices show it. */
const LINES = {
  weak: { tone: 'warning', text: 'Weak network: voices may break up' },
  lost: { tone: 'danger', text: 'No voices come through right now' },
} as const;

/** The one thing worth knowing about the network now: the worst news first. */
export function networkWords(
  connection: AppState['connection'],
  media: MediaState,
  line: AppState['line'] = 'good',
  allowed = true,
): NetworkWords {
  switch (connection.state) {
    case 'offline':
      return {
        tone: 'danger',
        text: connection.problem?.message ?? 'The connection is lost, and we stopped trying.',
        canRetry: true,
      };
    case 'reconnecting':
      return { tone: 'warning', text: 'Connection lost. Reconnecting…', canRetry: false };
    case 'idle':
    case 'connecting':
      return { tone: 'waiting', text: 'Connecting…', canRetry: false };
    case 'online': {
      const voice = mediaWords(media, allowed);
      if (voice.tone === 'good' && line !== 'good') return { ...LINES[line], canRetry: false };
      const trip = connection.roundTripMs;
      if (voice.tone === 'good' && trip !== undefined && trip >= SLOW_ROUND_TRIP_MS) {
        return { tone: 'warning', text: `Slow connection: ${Math.round(trip)} ms`, canRetry: false };
      }
      return { ...voice, canRetry: false };
    }
  }
}

/** What the lobby says while the way into the world is under way. */
export function enteringWords(state: AppState['connection']['state']): string {
  if (state === 'online') return 'Setting out the town…';
  if (state === 'reconnecting') return 'The connection dropped. Trying once more…';
  return 'Finding the town…';
}
