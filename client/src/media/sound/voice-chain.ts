import { gainStep, panOf, panStep, type Step } from './voice-steps.ts';

/** Where a voice comes from: plain says nothing of it, sides is left and right, around is all around the head. */
export type VoiceKind = 'plain' | 'sides' | 'around';

/** Direction in the listener's frame, a unit vector: x to the right, z to the back. */
export interface Direction {
  x: number;
  z: number;
}

/** Gain and direction of one voice: the part of the graph that moves. */
export interface VoiceChain {
  readonly kind: VoiceKind;
  readonly input: AudioNode;
  readonly output: AudioNode;
  /** @param gain amplitude factor it goes to; every kind is as loud as the others */
  setGain(gain: number): void;
  turn(direction: Direction): void;
  /** At once, for a chain that is silent. */
  face(direction: Direction): void;
}

/** Time constants. A large step has covered 98 % of its way before the next one comes. */
const GAIN_TAU_SECONDS = 0.012;
const PAN_TAU_SECONDS = 0.015;
/** Two degrees: below, the head's filters sound the same. */
const AROUND_HEARD = 0.035;
/**
 * What makes the kinds as loud as each other, as left² + right². Chromium's HRTF adds 4.8 dB to noise shaped like
 * speech, in the mean over all directions; the same sound on both sides adds 3 dB.
 */
const FACTOR: Record<VoiceKind, number> = { plain: Math.SQRT1_2, sides: 1, around: 10 ** (-4.8 / 20) };

export function createVoiceChain(context: BaseAudioContext, kind: VoiceKind): VoiceChain {
  // One channel: panning keeps left² + right² for mono only.
  const input = new GainNode(context, { gain: 0, channelCount: 1, channelCountMode: 'explicit' });
  const spatial =
    kind === 'plain' ? undefined : kind === 'sides' ? createSides(context) : createAround(context);
  if (spatial) input.connect(spatial.node);
  let gain = 0;
  return {
    kind,
    input,
    output: spatial?.node ?? input,
    setGain(to) {
      const goal = to * FACTOR[kind];
      const step = gainStep(gain, goal);
      if (step === 'none') return;
      gain = goal;
      go(context, input.gain, goal, step, GAIN_TAU_SECONDS);
    },
    turn: (direction) => spatial?.turn(direction, false),
    face: (direction) => spatial?.turn(direction, true),
  };
}

interface Spatial {
  node: AudioNode;
  turn(direction: Direction, atOnce: boolean): void;
}

function createSides(context: BaseAudioContext): Spatial {
  const node = new StereoPannerNode(context);
  let pan = 0;
  return {
    node,
    turn({ x }, atOnce) {
      const goal = panOf(x);
      const step = panStep(pan, goal);
      if (step === 'none') return;
      pan = goal;
      if (atOnce) node.pan.cancelScheduledValues(0);
      go(context, node.pan, goal, atOnce ? 'set' : step, PAN_TAU_SECONDS);
    },
  };
}

function createAround(context: BaseAudioContext): Spatial {
  // Distance is our own curve's; the panner only turns. It fades between directions by itself.
  const node = new PannerNode(context, {
    panningModel: 'HRTF',
    distanceModel: 'linear',
    rolloffFactor: 0,
    positionZ: -1,
  });
  const at = { x: 0, z: -1 };
  return {
    node,
    turn({ x, z }) {
      if (Math.abs(x - at.x) + Math.abs(z - at.z) <= AROUND_HEARD) return;
      at.x = x;
      at.z = z;
      node.positionX.value = x;
      node.positionZ.value = z;
    },
  };
}

function go(context: BaseAudioContext, param: AudioParam, value: number, step: Step, tau: number): void {
  if (step === 'set') param.value = value;
  else param.setTargetAtTime(value, context.currentTime, tau);
}
