import type { WayState } from '../../store/sound.ts';
import { keepRunning } from './keep-running.ts';
import { type LevelTap, tapLevel } from './level-tap.ts';
import { createSoundOutput, type SoundOutput } from './sound-output.ts';
import type { SoundWay } from './sound-step.ts';
import { createVoice, type Voice } from './voice.ts';

/** All voices we hear, through one AudioContext. */
export interface VoiceGraph {
  /** Brings a remote track in, silent until told to play. */
  addVoice(track: MediaStreamTrack): Voice;
  /** Listens in on our own microphone, or on nothing; it is never played. */
  watchOwn(track: MediaStreamTrack | undefined): void;
  /** Root mean square of our own microphone. */
  ownRms(): number;
  /** Everything is silent at once, or no longer. */
  setSilent(silent: boolean): void;
  /** How sound is to leave us; `onWay` says how it does. */
  setWay(way: SoundWay): void;
  /** Speakers to play on; empty for the system's. Rejects where the browser can't choose, or the device is gone. */
  setSpeaker(deviceId: string): Promise<void>;
  /** Browsers let sound start only after a gesture: call this in one. */
  resume(): void;
  /** Seconds of sound made so far: where they fall behind the clock, the machine is too slow. */
  seconds(): number;
  close(): void;
}

/**
 * @param onWay called when sound leaves in another way than before
 * @param onHeld called when the browser holds sound back until the person does something
 */
export function createVoiceGraph(
  onWay: (way: WayState) => void = () => undefined,
  onHeld: () => void = () => undefined,
): VoiceGraph {
  let opened: { context: AudioContext; output: SoundOutput; letGo: () => void } | undefined;
  let own: { source: MediaStreamAudioSourceNode; tap: LevelTap } | undefined;
  let speaker = '';
  let way: SoundWay = 'straight';
  let silent = false;

  function open(): NonNullable<typeof opened> {
    if (opened) return opened;
    const context = new AudioContext({ latencyHint: 'interactive' });
    const output = createSoundOutput(context, onWay);
    opened = { context, output, letGo: keepRunning(context, onHeld) };
    output.setSilent(silent);
    output
      .setSpeaker(speaker)
      .catch((error: unknown) => console.warn('the speakers stay as they are', error));
    output.setWay(way);
    return opened;
  }

  return {
    addVoice(track) {
      const { context, output } = open();
      return createVoice(context, output.input, track);
    },
    watchOwn(track) {
      own?.tap.close();
      own?.source.disconnect();
      own = undefined;
      if (!track) return;
      const source = open().context.createMediaStreamSource(new MediaStream([track]));
      own = { source, tap: tapLevel(source) };
    },
    ownRms: () => own?.tap.rms() ?? 0,
    setSilent(on) {
      silent = on;
      opened?.output.setSilent(on);
    },
    setWay(next) {
      way = next;
      opened?.output.setWay(next);
    },
    async setSpeaker(deviceId) {
      if (deviceId === speaker) return;
      await opened?.output.setSpeaker(deviceId);
      speaker = deviceId;
    },
    resume() {
      const { context } = open();
      if (context.state === 'running' || context.state === 'closed') return;
      context.resume().catch((error: unknown) => console.warn('sound does not start', error));
    },
    seconds: () => opened?.context.currentTime ?? 0,
    close() {
      own?.tap.close();
      own?.source.disconnect();
      own = undefined;
      opened?.letGo();
      opened?.output.close();
      void opened?.context.close();
      opened = undefined;
    },
  };
}
