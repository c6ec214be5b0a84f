import type { MediaSource, PictureCodec } from '@chatmux/schema';
import type { types } from 'mediasoup-client';
import { type OpusSettings, PROFILES, profileOf, SCREEN_SOUND } from '../devices/voice-profiles.ts';
import { SCREEN_KINDS, type ScreenLayer, screenKindOf } from '../screen/screen-quality.ts';
import { cameraLayers } from '../send-quality.ts';

/** What is set of an encoding while it is sent, beside whether it runs. */
export type EncodingLimits = ScreenLayer & { scalabilityMode?: string };

/**
 * Where Chromium's estimate of our own line starts, in kbit/s: enough for all but the sharpest layer's best. From its own
 * 300 it takes up to half a minute until the sharpest one is sent at all, where its first probes fail.
 */
const START_KBPS = 1000;

/**
 * The camera in VP9 is one encoding of layers that build on each other. Where less is wanted the upper layers are not
 * made; the lowest stays as large as it was, so that layers keep their numbers.
 */
function vp9Steps(track: MediaStreamTrack): readonly EncodingLimits[] {
  const layers = cameraLayers(track);
  const whole = layers.length - 1;
  return layers.map((layer, below) => ({
    ...layer,
    scalabilityMode: below === whole ? VP9_MODE : below === 0 ? 'L1T3' : `L${below + 1}T3_KEY`,
  }));
}
/** What it is announced as: the most there can be. Of a small picture Chromium makes fewer layers by itself. */
export const VP9_MODE = 'L3T3_KEY';

/** How a source is encoded, to begin with. */
export function encodingsOf(
  source: MediaSource,
  track: MediaStreamTrack,
  codec: PictureCodec,
): Pick<types.ProducerOptions, 'codecOptions' | 'encodings'> {
  switch (source) {
    case 'mic':
      return soundOf(PROFILES[profileOf(track)]);
    case 'screen-audio':
      return soundOf(SCREEN_SOUND);
    case 'cam':
      return {
        codecOptions: { videoGoogleStartBitrate: START_KBPS },
        encodings: (codec === 'vp9' ? vp9Steps(track).slice(-1) : cameraLayers(track)).map((layer) => ({
          ...layer,
        })),
      };
    case 'screen':
      return { encodings: SCREEN_KINDS[screenKindOf(track)].layers.map((layer) => ({ ...layer })) };
  }
}

function soundOf({ bitrate, stereo, dtx }: OpusSettings) {
  return {
    codecOptions: { opusDtx: dtx, opusFec: true, opusStereo: stereo, opusMaxAverageBitrate: bitrate },
    encodings: [{ maxBitrate: bitrate }],
  };
}

/** What changes of each encoding while it is sent, where anything does. @param quality highest layer wanted, 0 for none */
export function limitsOf(
  source: MediaSource,
  track: MediaStreamTrack,
  codec: PictureCodec,
  quality: number,
): readonly EncodingLimits[] {
  if (source === 'screen') return SCREEN_KINDS[screenKindOf(track)].layers;
  if (source !== 'cam' || codec !== 'vp9' || quality === 0) return [];
  const steps = vp9Steps(track);
  return steps.slice(0, quality).slice(-1);
}
