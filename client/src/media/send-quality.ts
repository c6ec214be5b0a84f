import type { MediaSource, PlanEntry, ScreenPart } from '@chatmux/schema';

type Quality = PlanEntry['video'];

/** What our camera delivers at best, in pixels and pictures a second. */
export const CAMERA = { width: 960, height: 540, frameRate: 24 };
/** What a weak machine's camera delivers: a quarter of the work. */
export const LIGHT_CAMERA = { width: 480, height: 270, frameRate: 15 };

/** One size of a camera: how much smaller, and at most so many bits and pictures a second. */
export interface CameraLayer {
  scaleResolutionDownBy: number;
  maxBitrate: number;
  maxFramerate: number;
}

/**
 * The three sizes a camera is sent in, small to full, each about four times the one before. `r0` first, as the media
 * server counts its layers. A face that is drawn small loses nothing at fewer pictures a second.
 */
export const CAMERA_LAYERS: readonly CameraLayer[] = [
  { scaleResolutionDownBy: 4, maxBitrate: 80_000, maxFramerate: 15 },
  { scaleResolutionDownBy: 2, maxBitrate: 300_000, maxFramerate: CAMERA.frameRate },
  { scaleResolutionDownBy: 1, maxBitrate: 1_200_000, maxFramerate: CAMERA.frameRate },
];

/** Of fewer dots Chromium leaves the upper sizes out: three are made from 960 × 540 on, two from 480 × 270 on. */
const SMALL_LAYERS: readonly CameraLayer[] = [
  { scaleResolutionDownBy: 2, maxBitrate: 80_000, maxFramerate: 15 },
  { scaleResolutionDownBy: 1, maxBitrate: 450_000, maxFramerate: CAMERA.frameRate },
];
const TINY_LAYERS = SMALL_LAYERS.slice(1);

/** The sizes a camera is sent in, small to full: the full one is always among them, however little it delivers. */
export function cameraLayers(track?: Pick<MediaStreamTrack, 'getSettings'>): readonly CameraLayer[] {
  const { width = CAMERA.width, height = CAMERA.height } = track?.getSettings() ?? {};
  const dots = width * height;
  if (dots >= CAMERA.width * CAMERA.height) return CAMERA_LAYERS;
  return dots >= LIGHT_CAMERA.width * LIGHT_CAMERA.height ? SMALL_LAYERS : TINY_LAYERS;
}

/** The most anybody in the plan wants of us: what goes to the media server needs to be no more. */
export interface MostWanted {
  heard: boolean;
  seen: Quality;
  screenSeen: ScreenPart;
  /** Somebody is near enough that any of it may be wanted in a moment. */
  soon: boolean;
}

export function mostWanted(entries: readonly PlanEntry[]): MostWanted {
  const most: MostWanted = { heard: false, seen: 0, screenSeen: 0, soon: entries.length > 0 };
  for (const { heardBy, seenBy, screenSeenBy } of entries) {
    most.heard ||= heardBy;
    if (seenBy > most.seen) most.seen = seenBy;
    if (screenSeenBy > most.screenSeen) most.screenSeen = screenSeenBy;
  }
  return most;
}

export const isSameWanted = (one: MostWanted, two: MostWanted): boolean =>
  one.heard === two.heard &&
  one.seen === two.seen &&
  one.screenSeen === two.screenSeen &&
  one.soon === two.soon;

/** How many layers of a source somebody wants: of a screen both, since listeners say by themselves what they can use. */
export function layersWanted(source: MediaSource, { heard, seen, screenSeen }: MostWanted): number {
  if (source === 'mic') return heard ? 1 : 0;
  if (source === 'cam') return seen;
  if (source === 'screen') return screenSeen > 0 ? 2 : 0;
  return screenSeen === 2 ? 1 : 0;
}

/** Which of a producer's encodings should run: those up to the quality wanted. A voice has one. */
export function activeLayers(count: number, quality: number): boolean[] {
  return Array.from({ length: count }, (_, index) => index < quality);
}
