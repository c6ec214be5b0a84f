import { type MediaSource, ProblemError } from '@chatmux/schema';
import type { types } from 'mediasoup-client';
import type { VoiceProfile } from '../../store/devices.ts';
import { PROFILES, profileOf } from '../devices/voice-profiles.ts';
import { backoffMs, createLastWish } from '../last-wish.ts';
import { SCREEN_KINDS, type ScreenLayer, screenKindOf } from '../screen/screen-quality.ts';
import { activeLayers, CAMERA_LAYERS, SCREEN_SOUND_BITRATE } from '../send-quality.ts';
import { type Hush, hush } from '../silence/hush.ts';
import type { AskSfu } from './sfu-requests.ts';

/**
 * Where Chromium's estimate of our own line starts, in kbit/s: enough for all but the sharpest layer's best. From its own
 * 300 it takes up to half a minute until the sharpest one is sent at all, where its first probes fail.
 */
const START_KBPS = 1000;

/** What one source should send: nothing, or a track in as many layers as anybody wants (a voice has one). */
export interface SendWish {
  track: MediaStreamTrack | undefined;
  quality: number;
  /** It may be wanted in a moment. */
  soon: boolean;
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
  /** Of the producer's sender, where it is a voice. */
  let gate: Hush | undefined;
  /** Closed here, and perhaps not yet at the server: others would look at a frozen picture. */
  let leftOver: string | undefined;

  async function produce(track: MediaStreamTrack): Promise<types.Producer> {
    return transport.produce({
      track,
      ...settingsOf(source, profileOf(track)),
      ...(source === 'screen' ? { encodings: screenLayersOf(track).map((layer) => ({ ...layer })) } : {}),
      ...(codec ? { codec } : {}),
      // The track belongs to the devices.
      stopTracks: false,
      ...(source === 'mic' ? { onRtpSender: keepGate } : {}),
      appData: { source },
    });
  }

  function keepGate(sender: RTCRtpSender): void {
    gate = hush(sender);
  }

  /** Closes it here alone. */
  function leave(): void {
    if (!producer) return;
    leftOver = producer.id;
    producer.close();
    producer = undefined;
  }

  async function end(): Promise<void> {
    leave();
    if (leftOver === undefined) return;
    try {
      await ask('close-producer', { producerId: leftOver });
    } catch (error) {
      if (!(error instanceof ProblemError && error.code === 'not-found')) throw error;
    }
    leftOver = undefined;
  }

  /** What nobody wants is not even encoded. @param limits of each layer, where they change while it is sent */
  async function setLayers(
    rtpSender: RTCRtpSender | undefined,
    quality: number,
    limits: readonly ScreenLayer[],
  ): Promise<void> {
    if (!rtpSender) return;
    const parameters = rtpSender.getParameters();
    const active = activeLayers(parameters.encodings.length, quality);
    let changed = false;
    parameters.encodings.forEach((encoding, index) => {
      const wanted = { active: active[index] ?? false, ...limits[index] };
      const known: Record<string, unknown> = { ...encoding };
      changed ||= Object.entries(wanted).some(([key, value]) => known[key] !== value);
      Object.assign(encoding, wanted);
    });
    if (!changed) return;
    await rtpSender.setParameters(parameters);
  }

  const runner = createLastWish<SendWish>(
    async ({ track, quality, soon }) => {
      if (track?.readyState !== 'live') return end();
      // The server has one producer a source: a new one takes the place of what was left over.
      // What it sends is settled when it is made: music needs another than talk.
      if (producer && profileOf(producer.track ?? undefined) !== profileOf(track)) leave();
      if (!producer || producer.closed) producer = await produce(track);
      else if (producer.track !== track) await producer.replaceTrack({ track });
      // A voice that began anew with each listener would be 80 to 160 ms late: its clock would have stood still meanwhile,
      // and the listener's browser takes that for a line on which packets come late.
      gate?.hold(quality === 0);
      const encoded = gate && soon ? 1 : quality;
      await setLayers(producer.rtpSender, encoded, source === 'screen' ? screenLayersOf(track) : []);
    },
    (error, failures) => (onFailure(`sending the ${source}`, error) ? backoffMs(failures) : undefined),
  );

  return { wish: runner.wish, close: runner.close };
}

const screenLayersOf = (track: MediaStreamTrack) => SCREEN_KINDS[screenKindOf(track)].layers;

/** How each source is encoded. */
function settingsOf(
  source: MediaSource,
  profile: VoiceProfile,
): Pick<types.ProducerOptions, 'codecOptions' | 'encodings'> {
  switch (source) {
    case 'mic': {
      const { bitrate, stereo, dtx } = PROFILES[profile];
      return {
        codecOptions: {
          opusDtx: dtx,
          opusFec: true,
          opusStereo: stereo,
          opusMaxAverageBitrate: bitrate,
        },
        encodings: [{ maxBitrate: bitrate }],
      };
    }
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
      return {
        codecOptions: { videoGoogleStartBitrate: START_KBPS },
        encodings: CAMERA_LAYERS.map((layer) => ({ ...layer })),
      };
    case 'screen':
      return {};
  }
}
