import { type LevelTap, tapLevel } from './level-tap.ts';
import { createLimiter } from './limiter.ts';
import { createVoice, type Voice } from './voice.ts';

/** All voices we hear, through one AudioContext. */
export interface VoiceGraph {
  /** Brings a remote track in, silent until told to play. */
  addVoice(track: MediaStreamTrack): Voice;
  /** Listens in on our own microphone, or on nothing; it is never played. */
  watchOwn(track: MediaStreamTrack | undefined): void;
  /** Root mean square of our own microphone. */
  ownRms(): number;
  /** Speakers to play on; empty for the system's. Rejects where the browser can't choose, or the device is gone. */
  setSpeaker(deviceId: string): Promise<void>;
  /** Browsers let sound start only after a gesture: call this in one. */
  resume(): void;
  /** State of the context, for the developer panel. */
  state(): AudioContextState | 'none';
  close(): void;
}

/** Chrome and Edge have it; others do not yet. */
type ChoosesSpeaker = AudioContext & { setSinkId?: (id: string) => Promise<void> };

export function createVoiceGraph(): VoiceGraph {
  let context: AudioContext | undefined;
  let output: AudioNode | undefined;
  let own: { source: MediaStreamAudioSourceNode; tap: LevelTap } | undefined;
  let speaker = '';

  function open(): AudioContext {
    if (context) return context;
    context = new AudioContext({ latencyHint: 'interactive' });
    const limiter = createLimiter(context);
    limiter.output.connect(context.destination);
    output = limiter.input;
    if (speaker !== '')
      void choose(context).catch((error: unknown) => console.warn('the speakers stay as they are', error));
    return context;
  }

  async function choose(opened: ChoosesSpeaker): Promise<void> {
    if (!opened.setSinkId) throw new Error('This browser can’t choose speakers for a page.');
    await opened.setSinkId(speaker);
  }

  return {
    addVoice(track) {
      const opened = open();
      return createVoice(opened, output ?? opened.destination, track);
    },
    watchOwn(track) {
      own?.tap.close();
      own?.source.disconnect();
      own = undefined;
      if (!track) return;
      const source = open().createMediaStreamSource(new MediaStream([track]));
      own = { source, tap: tapLevel(source) };
    },
    ownRms: () => own?.tap.rms() ?? 0,
    async setSpeaker(deviceId) {
      if (deviceId === speaker) return;
      speaker = deviceId;
      if (context) await choose(context);
    },
    resume() {
      const opened = open();
      if (opened.state === 'running' || opened.state === 'closed') return;
      opened.resume().catch((error: unknown) => console.warn('sound does not start', error));
    },
    state: () => context?.state ?? 'none',
    close() {
      own?.tap.close();
      own?.source.disconnect();
      own = undefined;
      void context?.close();
      context = undefined;
      output = undefined;
    },
  };
}
