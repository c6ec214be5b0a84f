import type { Milliseconds } from '@chatmux/schema';
import { type Heard, smoothing, turnTowards } from './hearing.ts';
import { type LevelTap, tapLevel } from './level-tap.ts';

/** Time constant of changes in loudness: nothing left to hear of a voice after FADE_MS. */
const GAIN_TAU_SECONDS = 0.012;
/** Time constant of changes in direction. */
const TURN_TAU_MS: Milliseconds = 30;
/** How long a voice takes to leave before it is cut off. */
export const FADE_MS: Milliseconds = 60;
/** A measurement nobody has asked for in this time ends. */
const PROBE_MS: Milliseconds = 10_000;

/** What reaches the two ears of one voice: root mean squares behind loudness and direction. */
export interface EarLevels {
  left: number;
  right: number;
}

/** One voice in the graph. */
export interface Voice {
  readonly track: MediaStreamTrack;
  /** Lets it be heard, or fades it out and takes it off the graph. */
  setPlaying(playing: boolean): void;
  /**
   * Says how loud and from where it comes now; called each frame.
   * @param heard where it comes from; undefined while unknown
   * @param gain amplitude factor with the volume in it
   */
  place(heard: Heard | undefined, gain: number, nowMs: Milliseconds): void;
  /** Loudness of the speaker, before distance: root mean square. 0 while it does not play. */
  rms(): number;
  /** Gain it is going to. */
  gain(): number;
  /** Measures at both ears. The first call begins to measure and gives zeros. */
  measure(nowMs: Milliseconds): EarLevels;
  /** Fades out, then lets everything go. The track is its owner's. */
  close(): void;
}

/**
 * Remote track → source → gain → panner → limiter. Only a voice that plays is connected; the others cost nothing.
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
  // One channel: the panner keeps left² + right² for mono only.
  const gainNode = new GainNode(context, { gain: 0, channelCount: 1, channelCountMode: 'explicit' });
  const panner = new PannerNode(context, {
    panningModel: 'equalpower',
    // Distance is our own curve's; the panner only turns.
    distanceModel: 'linear',
    rolloffFactor: 0,
    positionX: 0,
    positionY: 0,
    positionZ: -1,
  });
  gainNode.connect(panner);

  const direction = { x: 0, z: -1 };
  let tap: LevelTap | undefined;
  let probe: { levels: () => EarLevels; close: () => void; askedAtMs: Milliseconds } | undefined;
  let cut: ReturnType<typeof setTimeout> | undefined;
  let playing = false;
  let closed = false;
  let goal = 0;
  let placedAtMs: Milliseconds | undefined;

  function goTo(gain: number): void {
    const enough = gain === 0 ? goal > 0 : Math.abs(gain - goal) > Math.max(0.01 * gain, 0.0002);
    if (!enough) return;
    goal = gain;
    gainNode.gain.setTargetAtTime(gain, context.currentTime, GAIN_TAU_SECONDS);
  }

  function turn(heard: Heard, nowMs: Milliseconds): void {
    // A voice that begins does so where it is, without a turn.
    const part = placedAtMs === undefined ? 1 : smoothing(nowMs - placedAtMs, TURN_TAU_MS);
    placedAtMs = nowMs;
    const apart = Math.abs(heard.x - direction.x) + Math.abs(heard.z - direction.z);
    if (apart <= 0.002) return;
    turnTowards(direction, heard, part);
    panner.positionX.value = direction.x;
    panner.positionZ.value = direction.z;
  }

  function connect(): void {
    clearTimeout(cut);
    cut = undefined;
    if (tap) return;
    source.connect(gainNode);
    panner.connect(output);
    tap = tapLevel(source);
  }

  function disconnect(): void {
    cut = undefined;
    tap?.close();
    tap = undefined;
    endProbe();
    source.disconnect();
    panner.disconnect();
  }

  function endProbe(): void {
    probe?.close();
    probe = undefined;
  }

  function startProbe(nowMs: Milliseconds): NonNullable<typeof probe> {
    const splitter = new ChannelSplitterNode(context, { numberOfOutputs: 2 });
    panner.connect(splitter);
    const [left, right] = [tapLevel(splitter, 0, 4096), tapLevel(splitter, 1, 4096)];
    return {
      levels: () => ({ left: left.rms(), right: right.rms() }),
      close: () => {
        left.close();
        right.close();
        panner.disconnect(splitter);
      },
      askedAtMs: nowMs,
    };
  }

  return {
    track,
    setPlaying(on) {
      if (closed || on === playing) return;
      playing = on;
      if (on) return connect();
      goTo(0);
      placedAtMs = undefined;
      cut = setTimeout(disconnect, FADE_MS);
    },
    place(heard, gain, nowMs) {
      if (!playing || closed) return;
      if (heard) turn(heard, nowMs);
      goTo(gain);
      if (probe && nowMs - probe.askedAtMs > PROBE_MS) endProbe();
    },
    rms: () => (playing ? (tap?.rms() ?? 0) : 0),
    gain: () => goal,
    measure(nowMs) {
      if (!playing || closed) return { left: 0, right: 0 };
      probe ??= startProbe(nowMs);
      probe.askedAtMs = nowMs;
      return probe.levels();
    },
    close() {
      if (closed) return;
      goTo(0);
      closed = true;
      playing = false;
      clearTimeout(cut);
      setTimeout(() => {
        disconnect();
        gainNode.disconnect();
        element.pause();
        element.srcObject = null;
      }, FADE_MS);
    },
  };
}
