import type { Milliseconds } from '@chatmux/schema';

export type QualityLevel = 'low' | 'medium' | 'high';

/**
 * Decides the quality by itself. Frames are judged in windows; a level falls soon after it proves too heavy and rises
 * only after it has been easy for long, and longer each time a rise had to be taken back, so that it does not swing.
 */
export interface AdaptState {
  readonly level: QualityLevel;
  /** Smoothed time of a frame's work. */
  readonly frameMs: Milliseconds | undefined;
  /** Since when frames have been too slow, or easy; undefined while they are neither. */
  readonly slowSince: Milliseconds | undefined;
  readonly easySince: Milliseconds | undefined;
  /** When the level changed last. */
  readonly changedAt: Milliseconds;
  /** How often a rise was followed by a fall. */
  readonly regrets: number;
  readonly lastWasRise: boolean;
}

export interface AdaptFrame {
  /** The clock of requestAnimationFrame. */
  readonly nowMs: Milliseconds;
  /** Time since the frame before. */
  readonly frameMs: Milliseconds;
  /** What the frame cap asks for; 1000 / 60 without one. */
  readonly targetMs: Milliseconds;
}

const LEVELS: readonly QualityLevel[] = ['low', 'medium', 'high'];
/** A new level is not judged while shaders compile and textures load. */
const SETTLE_MS = 1500;
const FALL_AFTER_MS = 1200;
const RISE_AFTER_MS = 9000;
/** A fall within this time of a rise counts as a regret. */
const REGRET_MS = 20_000;
const MAX_REGRETS = 4;
/** Frames this much longer than the target are too slow; up to this much longer are easy. */
const SLOW_FACTOR = 1.45;
const EASY_FACTOR = 1.12;
/** Longer gaps are a hidden tab or a stalled machine, and say nothing about drawing. */
const GAP_MS = 400;
const SMOOTHING = 0.08;

export function startAdapting(level: QualityLevel, nowMs: Milliseconds): AdaptState {
  return {
    level,
    frameMs: undefined,
    slowSince: undefined,
    easySince: undefined,
    changedAt: nowMs,
    regrets: 0,
    lastWasRise: false,
  };
}

/** Takes one frame in. The level to use is in the state given back, which is the same object while nothing changes. */
export function adaptQuality(state: AdaptState, frame: AdaptFrame): AdaptState {
  const { nowMs, targetMs } = frame;
  if (frame.frameMs > GAP_MS) {
    if (state.slowSince === undefined && state.easySince === undefined) return state;
    return { ...state, slowSince: undefined, easySince: undefined };
  }
  if (nowMs - state.changedAt < SETTLE_MS) return state;
  const frameMs =
    state.frameMs === undefined ? frame.frameMs : state.frameMs + (frame.frameMs - state.frameMs) * SMOOTHING;
  const slow = frameMs > targetMs * SLOW_FACTOR;
  const easy = frameMs < targetMs * EASY_FACTOR;
  const next: AdaptState = {
    ...state,
    frameMs,
    slowSince: slow ? (state.slowSince ?? nowMs) : undefined,
    easySince: easy ? (state.easySince ?? nowMs) : undefined,
  };
  if (next.slowSince !== undefined && nowMs - next.slowSince >= FALL_AFTER_MS) return change(next, -1, nowMs);
  const riseAfter = RISE_AFTER_MS * 2 ** Math.min(MAX_REGRETS, next.regrets);
  if (next.easySince !== undefined && nowMs - next.easySince >= riseAfter) return change(next, 1, nowMs);
  return next;
}

function change(state: AdaptState, by: 1 | -1, nowMs: Milliseconds): AdaptState {
  const level = LEVELS[LEVELS.indexOf(state.level) + by];
  if (!level) return state;
  const regret = by === -1 && state.lastWasRise && nowMs - state.changedAt < REGRET_MS;
  return {
    ...startAdapting(level, nowMs),
    regrets: state.regrets + (regret ? 1 : 0),
    lastWasRise: by === 1,
  };
}
