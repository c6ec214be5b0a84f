import type { PictureCodec } from '@chatmux/schema';
import type { types } from 'mediasoup-client';
import { CAMERA } from '../send-quality.ts';
import { VP9_MODE } from './sfu-encodings.ts';

/** What a browser can do with each codec of pictures. */
export interface PictureCodecs {
  /** What it sends, by name; another is sent as VP8. */
  readonly sends: Readonly<Partial<Record<PictureCodec, types.RtpCodecCapability>>>;
  readonly receives: ReadonlySet<PictureCodec>;
}

const VP9_BITRATE = 1_200_000;

const named = (codecs: readonly types.RtpCodecCapability[] | undefined, name: PictureCodec) =>
  codecs?.find(
    ({ mimeType, parameters }) =>
      mimeType.toLowerCase() === `video/${name}` && (parameters?.['profile-id'] ?? 0) === 0,
  );

/** Asks the browser. VP9 counts as sent only where it can be made in layers: in one size it is of no use to a crowd. */
export async function pictureCodecs(
  device: Pick<types.Device, 'sendRtpCapabilities' | 'recvRtpCapabilities'>,
): Promise<PictureCodecs> {
  const vp8 = named(device.sendRtpCapabilities.codecs, 'vp8');
  const vp9 = named(device.sendRtpCapabilities.codecs, 'vp9');
  const layered = vp9 !== undefined && (await makesLayers());
  return {
    sends: { ...(vp8 ? { vp8 } : {}), ...(vp9 && layered ? { vp9 } : {}) },
    receives: new Set(
      (['vp8', 'vp9'] as const).filter((name) => named(device.recvRtpCapabilities.codecs, name)),
    ),
  };
}

async function makesLayers(): Promise<boolean> {
  try {
    const { supported } = await navigator.mediaCapabilities.encodingInfo({
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
    return supported;
  } catch {
    return false; // a browser that doesn't know the question doesn't know the layers
  }
}
