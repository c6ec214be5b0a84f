import type { MediaSource } from '@chatmux/schema';
import type { RouterRtpCodecCapability } from 'mediasoup/types';

/** What rooms speak: Opus, VP8 (every browser), VP9 (where all prefer it), and H264 baseline (for devices that have it in hardware). */
export const MEDIA_CODECS: RouterRtpCodecCapability[] = [
  {
    kind: 'audio',
    mimeType: 'audio/opus',
    clockRate: 48_000,
    channels: 2,
    parameters: { useinbandfec: 1, usedtx: 1 },
  },
  { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 },
  { kind: 'video', mimeType: 'video/VP9', clockRate: 90_000, parameters: { 'profile-id': 0 } },
  {
    kind: 'video',
    mimeType: 'video/H264',
    clockRate: 90_000,
    parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f', 'level-asymmetry-allowed': 1 },
  },
];

/**
 * Where the estimate of what a listener's line carries starts, in bits a second. A worker without an estimator never
 * raises it: it would hold back the full camera layer (1.2 Mbit/s) for ever, so there it starts where several fit.
 */
export const initialOutgoingBitrate = (givesFeedback: boolean) => (givesFeedback ? 1_000_000 : 5_000_000);
/** Most one person may send, in bits a second: three camera layers, a screen in two, a voice and the screen's sound. */
export const MAX_INCOMING_BITRATE = 6_000_000;
/** Most simulcast layers of each source. */
export const MOST_LAYERS: Readonly<Record<MediaSource, number>> = {
  mic: 1,
  cam: 3,
  screen: 2,
  'screen-audio': 1,
};
/** Most simulcast layers of any source. */
export const MAX_VIDEO_LAYERS = 3;
