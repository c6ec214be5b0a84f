import type { PictureCodec } from '@chatmux/schema';
import type { types } from 'mediasoup-client';
import { CAMERA } from '../send-quality.ts';
import { VP9_MODE } from './sfu-encodings.ts';

/** What a browser sends pictures in, by name; another is sent as VP8. */
export type SentCodecs = Readonly<Partial<Record<PictureCodec, types.RtpCodecCapability>>>;

const VP9_BITRATE = 1_200_000;
/** The question goes to a device's coder, which may be busy; nobody waits for it to talk. */
const ANSWER_MS = 2000;

const named = (codecs: readonly types.RtpCodecCapability[] | undefined, name: PictureCodec) =>
  codecs?.find(
    ({ mimeType, parameters }) =>
      mimeType.toLowerCase() === `video/${name}` && (parameters?.['profile-id'] ?? 0) === 0,
  );

/** True when a browser can decode it. */
export function decodes(device: Pick<types.Device, 'recvRtpCapabilities'>, codec: PictureCodec): boolean {
  return named(device.recvRtpCapabilities.codecs, codec) !== undefined;
}

/**
 * Asks the browser what it sends. VP9 counts only where it can be made in layers: in one size it is of no use to a crowd.
 * Some say yes and make none all the same: whoever sends looks at what came of it (`makesLayers`).
 */
export async function sentCodecs(device: Pick<types.Device, 'sendRtpCapabilities'>): Promise<SentCodecs> {
  const vp8 = named(device.sendRtpCapabilities.codecs, 'vp8');
  const vp9 = named(device.sendRtpCapabilities.codecs, 'vp9');
  const layered = vp9 !== undefined && (await saysItMakesLayers());
  return { ...(vp8 ? { vp8 } : {}), ...(vp9 && layered ? { vp9 } : {}) };
}

/** True for a sender that was asked for VP9's layers and took them. */
export function makesLayers(sender: RTCRtpSender | undefined): boolean {
  const [encoding] = sender?.getParameters().encodings ?? [];
  return encoding !== undefined && 'scalabilityMode' in encoding && encoding.scalabilityMode === VP9_MODE;
}

async function saysItMakesLayers(): Promise<boolean> {
  try {
    const asked = navigator.mediaCapabilities.encodingInfo({
      type: 'webrtc',
      video: {
        contentType: 'video/VP9',
        scalabilityMode: VP9_MODE,
        width: CAMERA.width,
        height: CAMERA.height,
        framerate: CAMERA.frameRate,
        bitrate: VP9_BITRATE,
      },
    });
    const tooLate = new Promise<undefined>((resolve) => setTimeout(resolve, ANSWER_MS));
    return (await Promise.race([asked, tooLate]))?.supported === true;
  } catch {
    return false; // a browser that doesn't know the question doesn't know the layers
  }
}
