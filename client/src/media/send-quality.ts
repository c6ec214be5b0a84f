import type { PlanEntry } from '@chatmux/schema';

type Quality = PlanEntry['video'];

/**
 * What our camera delivers at best, in pixels and pictures a second. Chrome sends three sizes from 960 × 540 on, and only
 * two below it.
 */
export const CAMERA = { width: 960, height: 540, frameRate: 24 };
/** What a weak machine's camera delivers: a quarter of the work. */
export const LIGHT_CAMERA = { width: 480, height: 270, frameRate: 15 };
/** Most a voice may take, in bits a second. */
export const VOICE_BITRATE = 40_000;

/** The three sizes a camera is sent in, small to full. `r0` first, as the media server counts its layers. */
export const CAMERA_LAYERS: readonly {
  scaleResolutionDownBy: number;
  maxBitrate: number;
  maxFramerate: number;
}[] = [
  { scaleResolutionDownBy: 4, maxBitrate: 120_000, maxFramerate: CAMERA.frameRate },
  { scaleResolutionDownBy: 2, maxBitrate: 400_000, maxFramerate: CAMERA.frameRate },
  { scaleResolutionDownBy: 1, maxBitrate: 1_200_000, maxFramerate: CAMERA.frameRate },
];

/** Settings of the one picture sent directly to somebody who wants this quality; undefined for none. */
export function directLayer(quality: Quality): (typeof CAMERA_LAYERS)[number] | undefined {
  return quality === 0 ? undefined : CAMERA_LAYERS[quality - 1];
}

/** The most anybody in the plan wants of us: what goes to the media server needs to be no more. */
export function mostWanted(entries: readonly PlanEntry[]): { heard: boolean; seen: Quality } {
  let heard = false;
  let seen: Quality = 0;
  for (const entry of entries) {
    heard ||= entry.heardBy;
    if (entry.seenBy > seen) seen = entry.seenBy;
  }
  return { heard, seen };
}

/** Which of a producer's encodings should run: those up to the quality wanted. A voice has one. */
export function activeLayers(count: number, quality: number): boolean[] {
  return Array.from({ length: count }, (_, index) => index < quality);
}
