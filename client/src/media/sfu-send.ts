import { type MediaSource, ProblemError } from '@chatmux/schema';
import type { types } from 'mediasoup-client';
import { backoffMs, createLastWish } from './last-wish.ts';
import {
  activeLayers,
  CAMERA_LAYERS,
  SCREEN_LAYER,
  SCREEN_SOUND_BITRATE,
  VOICE_BITRATE,
} from './send-quality.ts';
import type { AskSfu } from './sfu-requests.ts';

/** What one source should send: nothing, or a track in as many layers as anybody wants (a voice has one). */
export interface SendWish {
  track: MediaStreamTrack | undefined;
  quality: number;
}

/** One of our sources at the media server. */
export interface SfuSender {
  wish(wish: SendWish): void;
  close(): void;
}

/**
 * @param codec codec to send in; undefined for the first that fits
 * @param onFailure told of every failure; returns false when it is no use to try again
 */
export function createSfuSender(
  source: MediaSource,
  transport: types.Transport,
  codec: types.RtpCodecCapability | undefined,
  ask: AskSfu,
  onFailure: (what: string, error: unknown) => boolean,
): SfuSender {
  let producer: types.Producer | undefined;
  /** Closed here, and perhaps not yet at the server: others would look at a frozen picture. */
  let leftOver: string | undefined;

  async function produce(track: MediaStreamTrack): Promise<types.Producer> {
    return transport.produce({
      track,
      ...settingsOf(source),
      ...(codec ? { codec } : {}),
      // The track belongs to the devices.
      stopTracks: false,
      appData: { source },
    });
  }

  async function end(): Promise<void> {
    if (producer) {
      leftOver = producer.id;
      producer.close();
      producer = undefined;
    }
    if (leftOver === undefined) return;
    try {
      await ask('close-producer', { producerId: leftOver });
    } catch (error) {
      if (!(error instanceof ProblemError && error.code === 'not-found')) throw error;
    }
    leftOver = undefined;
  }

  /** What nobody wants is not even encoded. */
  async function setLayers(rtpSender: RTCRtpSender | undefined, quality: number): Promise<void> {
    if (!rtpSender) return;
    const parameters = rtpSender.getParameters();
    const active = activeLayers(parameters.encodings.length, quality);
    if (parameters.encodings.every((encoding, index) => encoding.active === active[index])) return;
    parameters.encodings.forEach((encoding, index) => {
      encoding.active = active[index] ?? false;
    });
    await rtpSender.setParameters(parameters);
  }

  const runner = createLastWish<SendWish>(
    async ({ track, quality }) => {
      if (track?.readyState !== 'live') return end();
      // The server has one producer a source: a new one takes the place of what was left over.
      if (!producer || producer.closed) producer = await produce(track);
      else if (producer.track !== track) await producer.replaceTrack({ track });
      await setLayers(producer.rtpSender, quality);
    },
    (error, failures) => (onFailure(`sending the ${source}`, error) ? backoffMs(failures) : undefined),
  );

  return { wish: runner.wish, close: runner.close };
}

/** How each source is encoded. */
function settingsOf(source: MediaSource): Pick<types.ProducerOptions, 'codecOptions' | 'encodings'> {
  switch (source) {
    case 'mic':
      return {
        codecOptions: {
          opusDtx: true,
          opusFec: true,
          opusStereo: false,
          opusMaxAverageBitrate: VOICE_BITRATE,
        },
        encodings: [{ maxBitrate: VOICE_BITRATE }],
      };
    case 'screen-audio':
      return {
        codecOptions: {
          opusDtx: false,
          opusFec: true,
          opusStereo: true,
          opusMaxAverageBitrate: SCREEN_SOUND_BITRATE,
        },
        encodings: [{ maxBitrate: SCREEN_SOUND_BITRATE }],
      };
    case 'cam':
      return { encodings: CAMERA_LAYERS.map((layer) => ({ ...layer })) };
    case 'screen':
      return { encodings: [{ ...SCREEN_LAYER }] };
  }
}
