import { meterOf } from '../sound/level.ts';
import { type LevelTap, tapLevel } from '../sound/level-tap.ts';

/** Shows how loud our own microphone is, also before anybody is met: it has a context of its own. */
export interface LevelMeter {
  /** Watches a track, or nothing. */
  watch(track: MediaStreamTrack | undefined): void;
  /** Level now, on the scale of `meterOf`; 0 while nothing is watched. */
  level(): number;
  close(): void;
}

export function createLevelMeter(): LevelMeter {
  let context: AudioContext | undefined;
  let source: MediaStreamAudioSourceNode | undefined;
  let tap: LevelTap | undefined;
  let waking = false;

  /** Browsers let a context start only after a gesture: asked again while somebody looks at the meter. */
  function wake(): void {
    if (context?.state !== 'suspended' || waking) return;
    waking = true;
    context.resume().then(
      () => (waking = false),
      (error: unknown) => {
        waking = false;
        console.debug('the level meter sleeps until the page is touched', error);
      },
    );
  }

  return {
    watch(track) {
      source?.disconnect();
      source = undefined;
      tap = undefined;
      if (!track) {
        // A sleeping context costs nothing; closing and making new ones is slow.
        if (context?.state === 'running') void context.suspend();
        return;
      }
      context ??= new AudioContext();
      source = context.createMediaStreamSource(new MediaStream([track]));
      tap = tapLevel(source);
      wake();
    },
    level() {
      if (!tap) return 0;
      wake();
      return meterOf(tap.rms());
    },
    close() {
      source?.disconnect();
      source = undefined;
      void context?.close();
      context = undefined;
      tap = undefined;
    },
  };
}
