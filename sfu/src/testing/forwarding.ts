import type { Want } from '@chatmux/schema';
import { createLogger } from '../logger.ts';
import { MEDIA_CODECS } from '../media/codecs.ts';
import { type MediaWorker, startMediaWorker } from '../media/media-worker.ts';
import { asSessionTransport, type Ears, openEars } from './ears.ts';
import { connectTestGameServer, eventsOf, freeMediaPort, startTestSfu } from './sfu-under-test.ts';
import { openVoice, type Voice } from './voice.ts';

const ROOM = 'plaza';
const PATIENCE_MS = 20_000;

/** Who hears whom, by names: sound that plays, and sound that is only prepared. */
export interface Hearing {
  readonly listener: string;
  readonly playing: readonly string[];
  readonly prepared: readonly string[];
}

/** Voices and ears on one worker. */
export interface Forwarding {
  readonly voices: ReadonlyMap<string, Voice>;
  readonly ears: Ears;
  /** Processor time of the worker since its start, in milliseconds. */
  cpuMs(): Promise<number>;
  close(): Promise<void>;
}

/** mediasoup alone: a router, its producers, and the consumers that play. */
export async function forwardRaw(hearings: readonly Hearing[]): Promise<Forwarding> {
  const listen = [{ ip: '127.0.0.1', announced: undefined }];
  const media = await startMediaWorker({ port: await freeMediaPort(), listen }, createLogger('error'));
  const router = await media.worker.createRouter({ mediaCodecs: MEDIA_CODECS });
  const ears = await openEars();
  const voices = new Map<string, Voice>();
  for (const name of speakersOf(hearings)) {
    const voice = await openVoice(router, 1000 + voices.size);
    await voice.producer.resume();
    voices.set(name, voice);
  }
  for (const { playing } of hearings) {
    const transport = await ears.openOn(router);
    for (const name of playing) {
      const producerId = voices.get(name)?.producer.id ?? '';
      await transport.consume({ producerId, rtpCapabilities: router.rtpCapabilities });
    }
  }
  return {
    voices,
    ears,
    cpuMs: () => cpuOf(media),
    async close() {
      for (const voice of voices.values()) voice.close();
      await media.close();
      await ears.close();
    },
  };
}

/** The whole service, with sessions that joined, plans that were told, and consumers that were confirmed. */
export async function forwardByService(hearings: readonly Hearing[]): Promise<Forwarding> {
  const sfu = await startTestSfu();
  const game = await connectTestGameServer(sfu.controlPort);
  const ears = await openEars();
  const voices = new Map<string, Voice>();
  const speakers = speakersOf(hearings);
  for (const name of new Set([...speakers, ...hearings.map(({ listener }) => listener)])) {
    const { rtpCapabilities } = await game.client.rtc(ROOM, name, { method: 'capabilities', epoch: 1 });
    await game.client.rtc(ROOM, name, { method: 'join', epoch: 1, rtpCapabilities });
    const { room, session } = sfu.rooms.session(ROOM, name);
    const transport = asSessionTransport(await ears.openOn(session.home.router));
    session.transports.set('receive', {
      transport,
      direction: 'receive',
      connecting: true,
      iceLostAtMs: undefined,
    });
    if (!speakers.has(name)) continue;
    const voice = await openVoice(session.home.router, 1000 + voices.size);
    voices.set(name, voice);
    room.watchProducer(session, 'mic', voice.producer);
  }
  const wants = (names: readonly string[], audio: boolean): Want[] =>
    names.map((from) => ({ from, audio, video: 0, screen: 0 }));
  game.client.plan(
    ROOM,
    hearings.map(({ listener, playing, prepared }) => ({
      session: listener,
      wants: [...wants(playing, true), ...wants(prepared, false)],
    })),
  );
  const confirmed = new Set<string>();
  const all = hearings.reduce((sum, { playing }) => sum + playing.length, 0);
  const endMs = performance.now() + PATIENCE_MS;
  for (let playing = 0; playing < all; playing = (await game.client.stats()).consumersPlaying) {
    if (performance.now() > endMs) throw new Error(`only ${playing} of ${all} consumers play`);
    for (const { listener } of hearings) {
      for (const { consumerId } of eventsOf(game, listener, 'consumer-opened')) {
        if (confirmed.has(consumerId)) continue;
        confirmed.add(consumerId);
        await game.client.rtc(ROOM, listener, { method: 'consumer-ready', epoch: 1, consumerId });
      }
    }
  }
  return {
    voices,
    ears,
    async cpuMs() {
      const [worker] = sfu.pool.serving;
      if (!worker) throw new Error('the worker died');
      return cpuOf(worker);
    },
    async close() {
      for (const voice of voices.values()) voice.close();
      await game.client.close();
      await sfu.close();
      await ears.close();
    },
  };
}

const speakersOf = (hearings: readonly Hearing[]) =>
  new Set(hearings.flatMap(({ playing, prepared }) => [...playing, ...prepared]));

async function cpuOf({ worker }: MediaWorker): Promise<number> {
  const { ru_utime, ru_stime } = await worker.getResourceUsage();
  return ru_utime + ru_stime;
}
