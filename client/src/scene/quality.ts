import type { QualityLevel } from './adapt-quality.ts';
import type { Detail } from './build/pen.ts';

/** What each quality level means for drawing. */
export interface QualitySettings {
  readonly detail: Detail;
  /** Least and most screen pixels drawn for each CSS pixel. */
  readonly pixelRatio: readonly [number, number];
  /** Side of the shadow map in pixels; 0 for none. */
  readonly shadowMap: number;
  /** People cast shadows too, drawn anew each frame; otherwise they have a soft blot and the town's shadows stand still. */
  readonly livingShadows: boolean;
  /** Metres from which haze begins and where it is complete. */
  readonly haze: readonly [number, number];
  /** Nothing farther than this is drawn. */
  readonly far: number;
}

export const QUALITY: Record<QualityLevel, QualitySettings> = {
  low: { detail: 0, pixelRatio: [0.5, 0.6], shadowMap: 0, livingShadows: false, haze: [20, 70], far: 74 },
  medium: {
    detail: 1,
    pixelRatio: [0.75, 1],
    shadowMap: 1024,
    livingShadows: false,
    haze: [30, 130],
    far: 150,
  },
  high: { detail: 2, pixelRatio: [1, 2], shadowMap: 2048, livingShadows: true, haze: [34, 150], far: 190 },
};
