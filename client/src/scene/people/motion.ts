import type { PersonId, Radians, Seconds } from '@chatmux/schema';
import type { ShownBody } from '../../sim/types.ts';
import { advancePhase } from './gait-cycle.ts';

/** What a person's shown body remembers from frame to frame: where in the step, when to blink, where the eyes rest. */
export interface Motion {
  readonly id: PersonId;
  /** Shown facing: follows the body's yaw softly. */
  yaw: Radians;
  phase: number;
  /** Head against the body. */
  headYaw: Radians;
  headPitch: Radians;
  /** 0 closed to 1 open. */
  eyesOpen: number;
  /** 0 closed to 1 wide. */
  mouthOpen: number;
  /** 0 silent to 1 speaking, eased: rings, ears, tags. */
  voice: number;
  /** Seconds lived, shifted so that no two people breathe alike. */
  age: Seconds;
  blinkIn: Seconds;
  lookIn: Seconds;
  lookYaw: Radians;
  lookPitch: Radians;
  /** Frame in which it was last drawn. */
  seen: number;
}

const BLINK_SECONDS = 0.16;
const TURN_PER_SECOND = 14;
const HEAD_PER_SECOND = 6;
/** People look at who speaks from this near, in metres. */
export const ATTENTION_METRES = 7;

export function startMotion(id: PersonId, yaw: Radians): Motion {
  const odd = (id * 0.618034) % 1;
  return {
    id,
    yaw,
    phase: odd,
    headYaw: 0,
    headPitch: 0,
    eyesOpen: 1,
    mouthOpen: 0,
    voice: 0,
    age: odd * 20,
    blinkIn: 1 + odd * 3,
    lookIn: odd * 4,
    lookYaw: 0,
    lookPitch: 0,
    seen: 0,
  };
}

/** The same angle between −π and π. */
export function wrapAngle(angle: Radians): Radians {
  const turns = angle / (Math.PI * 2);
  return (turns - Math.round(turns)) * Math.PI * 2;
}

/** Part of the way to go in a step, for an easing that is the same at any frame rate. */
export function easeShare(perSecond: number, seconds: Seconds): number {
  return 1 - Math.exp(-perSecond * seconds);
}

/**
 * Moves a motion on.
 * @param lookAt where to turn the head against the world, or undefined to let it wander
 * @param still no idle motion: for people who asked their system for less motion
 */
export function moveMotion(
  motion: Motion,
  body: ShownBody,
  speaking: boolean,
  lookAt: Radians | undefined,
  still: boolean,
  seconds: Seconds,
): void {
  motion.age += seconds;
  motion.yaw += wrapAngle(body.yaw - motion.yaw) * easeShare(TURN_PER_SECOND, seconds);
  motion.phase = advancePhase(motion.phase, body.speed, seconds);
  motion.voice += ((speaking ? 1 : 0) - motion.voice) * easeShare(speaking ? 16 : 7, seconds);

  motion.blinkIn -= seconds;
  if (motion.blinkIn < -BLINK_SECONDS) motion.blinkIn = 1.6 + 3.8 * wobble(motion.age * 7.1 + motion.id);
  motion.eyesOpen =
    motion.blinkIn < 0 && !still ? Math.abs(Math.cos((-motion.blinkIn / BLINK_SECONDS) * Math.PI)) : 1;

  motion.lookIn -= seconds;
  if (motion.lookIn < 0) {
    motion.lookIn = 1.8 + 4 * wobble(motion.age * 3.3 + motion.id * 1.7);
    motion.lookYaw = (wobble(motion.age * 5.3 + motion.id) - 0.5) * 1.1;
    motion.lookPitch = (wobble(motion.age * 2.9 + motion.id) - 0.5) * 0.24;
  }
  const wanders = !still && body.speed < 0.4;
  const goalYaw =
    lookAt === undefined
      ? wanders
        ? motion.lookYaw
        : 0
      : Math.max(-1.05, Math.min(1.05, wrapAngle(lookAt - motion.yaw)));
  const goalPitch = wanders && lookAt === undefined ? motion.lookPitch : 0;
  const share = easeShare(HEAD_PER_SECOND, seconds);
  motion.headYaw += (goalYaw - motion.headYaw) * share;
  motion.headPitch += (goalPitch - motion.headPitch) * share;

  // Syllables: about five a second, uneven, so that it reads as speech and not as a metronome.
  const t = motion.age;
  const syllable =
    Math.abs(Math.sin(t * 15.3 + Math.sin(t * 4.1) * 2)) * (0.55 + 0.45 * Math.sin(t * 6.7 + motion.id));
  const goalMouth = speaking ? 0.18 + 0.82 * Math.max(0, syllable) : 0;
  motion.mouthOpen += (goalMouth - motion.mouthOpen) * easeShare(28, seconds);
}

/** A number from 0 to 1 that jumps about with its input. */
function wobble(x: number): number {
  const v = Math.sin(x * 12.9898) * 43758.5453;
  return v - Math.floor(v);
}
