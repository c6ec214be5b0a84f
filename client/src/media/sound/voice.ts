import type { Milliseconds } from '@chatmux/schema';
import { type EarLevels, type EarProbe, probeEars } from './ear-probe.ts';
import type { Heard } from './hearing.ts';
import { type LevelTap, tapLevel } from './level-tap.ts';
import { createVoiceChain, type Direction, type VoiceChain, type VoiceKind } from './voice-chain.ts';
import { createVoiceRest } from './voice-rest.ts';

/** How long a voice takes to leave before it is cut off: nothing is left to hear of it then. */
export const FADE_MS: Milliseconds = 60;
/** A voice is moved at most this often. */
const MOVE_MS: Milliseconds = 48;

/** One voice in the graph. */
export interface Voice {
  readonly track: MediaStreamTrack;
  /** Lets it be heard, or fades it out and takes it off the graph. */
  setPlaying(playing: boolean): void;
  /**
   * Says how loud and from where it comes now; called each frame.
   * @param heard where it comes from; undefined while unknown
   * @param gain amplitude factor with the volume in it
   * @param kind how its direction is made; it changes without a click
   */
  place(heard: Heard | undefined, gain: number, nowMs: Milliseconds, kind: VoiceKind): void;
  /** Loudness of the speaker, before distance: root mean square. 0 while it does not play. */
  rms(): number;
  /** Gain it is going to. */
  gain(): number;
  /** How its direction is made now; undefined while it is off the graph: silent for long, muted, not playing. */
  kind(): VoiceKind | undefined;
  /** Measures at both ears. The first call begins to measure and gives zeros. */
  measure(nowMs: Milliseconds): EarLevels;
  /** Fades out, then lets everything go. The track is its owner's. */
  close(): void;
}

/**
 * Remote track → source → gain → direction → output. Only a voice that plays is connected, and of one that nobody
 * would hear nothing but the look whether it speaks again.
 */
export function createVoice(context: AudioContext, output: AudioNode, track: MediaStreamTrack): Voice {
  const stream = new MediaStream([track]);
  // Chrome feeds a remote track into Web Audio only while a media element plays it as well (crbug.com/933677).
  const element = new Audio();
  element.muted = true;
  element.srcObject = stream;
  element.play().catch((error: unknown) => {
    if (!closed) console.warn('a voice does not start', error);
  });
  const source = context.createMediaStreamSource(stream);
  const rest = createVoiceRest();
  const direction: Direction = { x: 0, z: -1 };
  let chain: VoiceChain | undefined;
  let tap: LevelTap | undefined;
  let probe: EarProbe | undefined;
  let playing = false;
  let closed = false;
  let goal = 0;
  let movedAtMs = Number.NEGATIVE_INFINITY;

  function join(kind: VoiceKind): VoiceChain {
    const joined = createVoiceChain(context, kind);
    // It begins where it is, without a turn.
    joined.face(direction);
    source.connect(joined.input);
    joined.output.connect(output);
    if (probe) joined.output.connect(probe.input);
    return joined;
  }

  /** Fades what is heard out; off the graph it costs nothing. */
  function part(): void {
    if (!chain) return;
    const parted = chain;
    chain = undefined;
    parted.setGain(0);
    const cut = () => {
      source.disconnect(parted.input);
      parted.output.disconnect();
      parted.input.disconnect();
    };
    setTimeout(cut, FADE_MS);
  }

  function stop(): void {
    playing = false;
    goal = 0;
    movedAtMs = Number.NEGATIVE_INFINITY;
    part();
    tap?.close();
    tap = undefined;
    probe?.close();
    probe = undefined;
  }

  return {
    track,
    setPlaying(on) {
      if (closed || on === playing) return;
      if (!on) return stop();
      playing = true;
      tap = tapLevel(source);
    },
    place(heard, gain, nowMs, kind) {
      if (!playing || closed || nowMs - movedAtMs < MOVE_MS) return;
      movedAtMs = nowMs;
      goal = gain;
      if (heard) [direction.x, direction.z] = [heard.x, heard.z];
      if (probe?.isOver(nowMs)) {
        probe.close();
        probe = undefined;
      }
      const rests = rest.observe(tap?.rms() ?? 0, nowMs);
      if (gain === 0 || rests || (chain && chain.kind !== kind)) part();
      if (gain === 0 || rests) return;
      chain ??= join(kind);
      chain.turn(direction);
      chain.setGain(gain);
    },
    rms: () => (playing ? (tap?.rms() ?? 0) : 0),
    gain: () => goal,
    kind: () => chain?.kind,
    measure(nowMs) {
      if (!playing || closed) return { left: 0, right: 0 };
      if (!probe) {
        probe = probeEars(context);
        chain?.output.connect(probe.input);
      }
      return probe.levels(nowMs);
    },
    close() {
      if (closed) return;
      closed = true;
      stop();
      setTimeout(() => {
        element.pause();
        element.srcObject = null;
      }, FADE_MS);
    },
  };
}
