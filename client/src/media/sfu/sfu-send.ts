import { kindOfSource, type MediaSource, type PictureCodec, ProblemError } from '@chatmux/schema';
import type { types } from 'mediasoup-client';
import { profileOf } from '../devices/voice-profiles.ts';
import { backoffMs, createLastWish } from '../last-wish.ts';
import { activeLayers, cameraLayers } from '../send-quality.ts';
import { type Hush, hush } from '../silence/hush.ts';
import { makesLayers, type SentCodecs } from './picture-codecs.ts';
import { type EncodingLimits, encodingsOf, limitsOf } from './sfu-encodings.ts';
import { type AskSfu, OverError } from './sfu-requests.ts';

/** What one source should send: nothing, or a track in as many layers as anybody wants (a voice has one). */
export interface SendWish {
  track: MediaStreamTrack | undefined;
  quality: number;
  /** It may be wanted in a moment. */
  soon: boolean;
  /** Of a picture. */
  codec: PictureCodec;
}

/** One of our sources at the media server. */
export interface SfuSender {
  wish(wish: SendWish): void;
  close(): void;
}

/**
 * @param codecs what the browser sends pictures in
 * @param onFailure told of every failure; returns false when it is no use to try again
 */
export function createSfuSender(
  source: MediaSource,
  transport: types.Transport,
  codecs: SentCodecs,
  ask: AskSfu,
  onFailure: (what: string, error: unknown) => boolean,
): SfuSender {
  let producer: types.Producer | undefined;
  /** Of the producer's sender, where it is a voice. */
  let gate: Hush | undefined;
  /** What the producer is made for: for anything else another is made. */
  let madeFor = '';
  /** Closed here, and perhaps not yet at the server: others would look at a frozen picture. */
  let leftOver: string | undefined;
  /** It turned out that this browser makes no layers of VP9, or nothing of it at all. */
  let isVp8Only = false;

  async function produce(track: MediaStreamTrack, codec: PictureCodec): Promise<types.Producer> {
    const spoken = kindOfSource[source] === 'video' ? codecs[codec] : undefined;
    return transport.produce({
      track,
      ...encodingsOf(source, track, codec),
      ...(spoken ? { codec: spoken } : {}),
      // The track belongs to the devices.
      stopTracks: false,
      ...(source === 'mic' ? { onRtpSender: keepGate } : {}),
      appData: { source },
    });
  }

  /** As `produce`, but VP8 where VP9 comes to nothing. */
  async function produceCamera(track: MediaStreamTrack, codec: PictureCodec): Promise<types.Producer> {
    if (codec === 'vp8') return produce(track, codec);
    let made: types.Producer;
    try {
      made = await produce(track, codec);
    } catch (error) {
      // The server's refusals are about the moment, and not about the codec. It is tried again, in VP8.
      isVp8Only = !(error instanceof ProblemError || error instanceof OverError);
      throw error;
    }
    if (makesLayers(made.rtpSender)) return made;
    isVp8Only = true;
    leftOver = made.id;
    made.close();
    return produce(track, 'vp8');
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
    limits: readonly EncodingLimits[],
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
    async ({ track, quality, soon, codec: wanted }) => {
      if (track?.readyState !== 'live') return end();
      const codec = () => (isVp8Only ? 'vp8' : wanted);
      // The server has one producer a source: a new one takes the place of what was left over.
      // What it sends is settled when it is made: music needs another than talk, each codec and each count of sizes its own.
      const sizes = source === 'cam' ? cameraLayers(track).length : 0;
      const purpose = () => `${profileOf(track)} ${codec()} ${sizes}`;
      if (producer && madeFor !== purpose()) leave();
      if (!producer || producer.closed) {
        producer = await (source === 'cam' ? produceCamera(track, codec()) : produce(track, codec()));
        madeFor = purpose();
      } else if (producer.track !== track) await producer.replaceTrack({ track });
      // A voice that began anew with each listener would be 80 to 160 ms late: its clock would have stood still meanwhile,
      // and the listener's browser takes that for a line on which packets come late.
      gate?.hold(quality === 0);
      const encoded = gate && soon ? 1 : quality;
      await setLayers(producer.rtpSender, encoded, limitsOf(source, track, codec(), encoded));
    },
    (error, failures) => (onFailure(`sending the ${source}`, error) ? backoffMs(failures) : undefined),
  );

  return { wish: runner.wish, close: runner.close };
}
