import type { ScreenKind } from '../../store/types.ts';

/** How one size of a screen is sent. */
export interface ScreenLayer {
  scaleResolutionDownBy: number;
  /** Bits a second, and pictures a second, at most. */
  maxBitrate: number;
  maxFramerate: number;
}

/** What is captured and sent of each kind. Small first, as the media server counts its layers. */
export const SCREEN_KINDS: Readonly<
  Record<ScreenKind, { hint: string; frameRate: number; layers: readonly [ScreenLayer, ScreenLayer] }>
> = {
  // Sharpness before smoothness: when the line is weak there are fewer pictures, and all of them can be read.
  text: {
    hint: 'detail',
    frameRate: 15,
    layers: [
      { scaleResolutionDownBy: 2, maxBitrate: 500_000, maxFramerate: 10 },
      { scaleResolutionDownBy: 1, maxBitrate: 2_500_000, maxFramerate: 15 },
    ],
  },
  // Smoothness before sharpness, for films and games.
  motion: {
    hint: 'motion',
    frameRate: 30,
    layers: [
      { scaleResolutionDownBy: 2, maxBitrate: 600_000, maxFramerate: 30 },
      { scaleResolutionDownBy: 1, maxBitrate: 2_800_000, maxFramerate: 30 },
    ],
  },
};

/** The kind of a screen goes with its picture, so that every sender of it agrees. */
export const screenKindOf = (track: { contentHint: string } | undefined): ScreenKind =>
  track?.contentHint === SCREEN_KINDS.motion.hint ? 'motion' : 'text';
