import {
  MEDIA_SOURCES,
  type PictureCodec,
  type PlanEntry,
  ProblemError,
  type RtcEvent,
} from '@chatmux/schema';
import { backoffMs, createLastWish } from '../last-wish.ts';
import { type LocalTracks, NO_TRACKS, type SfuPathOptions } from '../path.ts';
import { isSameWanted, layersWanted, mostWanted } from '../send-quality.ts';
import { FADE_MS } from '../sound/voice.ts';
import type { Views } from '../views.ts';
import { decodes } from './picture-codecs.ts';
import { sfuDevice } from './sfu-device.ts';
import { createSfuReceiver } from './sfu-receive.ts';
import { createAskSfu, OverError } from './sfu-requests.ts';
import { createSfuSender } from './sfu-send.ts';
import { openSfuTransport, type SfuTransport } from './sfu-transport.ts';

/** All we have at the media server, from joining it until something in it breaks for good. */
export interface SfuSession {
  setTracks(tracks: LocalTracks): void;
  handlePlan(entries: readonly PlanEntry[]): void;
  setViews(views: Views): void;
  setPrefers(codec: PictureCodec): void;
  handleEvent(event: RtcEvent): void;
  setIceServers(servers: SfuPathOptions['iceServers']): void;
  /** Resolves with the reason when this session can't go on and a new one is needed. */
  readonly broken: Promise<string>;
  /** Takes back what was offered; what is open goes when the sound has faded. */
  close(): void;
}

/** The server has lost all that was ours and is ready for a new session. */
export const SESSION_LOST = 'the server lost the session';

/** Refusals that mean: what we had at the server is gone. */
const GONE: ReadonlySet<string> = new Set(['not-found', 'not-yours']);

/**
 * Joins the media server. Rejects with a ProblemError, with what mediasoup-client throws for browsers it can't use, or,
 * once `over` was aborted, with an OverError.
 */
export async function openSfuSession(
  options: SfuPathOptions,
  over: AbortSignal,
  prefers: PictureCodec,
): Promise<SfuSession> {
  const life = new AbortController();
  const signal = AbortSignal.any([over, life.signal]);
  const ask = createAskSfu(options.epoch, options.request, signal);
  const broken = Promise.withResolvers<string>();
  const transports: SfuTransport[] = [];
  /** What each transport that was used says of its way to the server. */
  const reach = new Map<'send' | 'receive', boolean>();

  const open = async (direction: 'send' | 'receive') => {
    const opened = await openSfuTransport(direction, device, {
      iceServers: options.iceServers,
      relayOnly: options.relayOnly ?? false,
      ask,
      onReach(reached) {
        if (signal.aborted) return;
        reach.set(direction, reached);
        // One of both that finds no way is one too many.
        options.onReach([...reach.values()].every(Boolean));
      },
      onLost: broken.resolve,
    });
    // It came back when another step had failed already.
    if (signal.aborted) opened.close();
    transports.push(opened);
    return opened.transport;
  };
  const tell = (what: string, error: unknown) => {
    if (!signal.aborted && !(error instanceof OverError)) console.warn(`media server: ${what} failed`, error);
  };
  const tellSending = (what: string, error: unknown): boolean => {
    tell(what, error);
    const gone = error instanceof ProblemError && GONE.has(error.code);
    if (gone) broken.resolve(`${what}: ${error.code}`);
    // Another way is on its way, and what is open here plays on until it is there.
    const isOver = error instanceof ProblemError && error.code === 'stale';
    return !signal.aborted && !gone && !isOver;
  };
  const closeTransports = () => {
    for (const { close } of transports) close();
  };

  const { rtpCapabilities } = await ask('capabilities', {});
  const { device, sends } = await sfuDevice(rtpCapabilities);
  const possible = (codec: PictureCodec) => (decodes(device, codec) ? codec : 'vp8');
  /** What the server takes us to prefer. */
  let preferred = possible(prefers);
  await ask('join', { rtpCapabilities: device.recvRtpCapabilities, prefers: preferred });
  const [sending, receiving] = await Promise.all([open('send'), open('receive')]).catch((error: unknown) => {
    life.abort();
    closeTransports();
    throw error;
  });

  const receiver = createSfuReceiver(receiving, ask, options.callbacks.onIncoming, tell, broken.resolve);
  const codecs = await sends;
  const senders = MEDIA_SOURCES.map((source) => ({
    source,
    sender: createSfuSender(source, sending, codecs, ask, tellSending),
  }));
  let tracks = NO_TRACKS;
  let wanted = mostWanted([]);
  let camCodec: PictureCodec = 'vp8';

  const send = () => {
    for (const { source, sender } of senders)
      sender.wish({
        track: tracks[source],
        quality: layersWanted(source, wanted),
        soon: wanted.soon,
        codec: source === 'cam' ? camCodec : 'vp8',
      });
  };
  const preferring = createLastWish<PictureCodec>(
    async (codec) => {
      if (codec === preferred) return;
      await ask('prefer', { codec });
      preferred = codec;
    },
    (error, failures) =>
      tellSending('saying which codec we prefer', error) ? backoffMs(failures) : undefined,
  );

  return {
    setTracks(next) {
      tracks = next;
      send();
    },
    handlePlan(entries) {
      const now = mostWanted(entries);
      if (isSameWanted(now, wanted)) return;
      wanted = now;
      send();
    },
    setViews: receiver.setViews,
    setPrefers(codec) {
      preferring.wish(possible(codec));
    },
    handleEvent(event) {
      if (event.event === 'session-lost') broken.resolve(SESSION_LOST);
      else if (event.event === 'camera-codec') {
        camCodec = codecs[event.codec] ? event.codec : 'vp8';
        send();
      } else receiver.handleEvent(event);
    },
    setIceServers(servers) {
      for (const transport of transports) transport.setIceServers(servers);
    },
    broken: broken.promise,
    close() {
      if (life.signal.aborted) return;
      life.abort();
      preferring.close();
      for (const { sender } of senders) sender.close();
      receiver.withdraw();
      setTimeout(closeTransports, FADE_MS);
    },
  };
}
