import type { SfuEvent } from '@chatmux/schema';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { createLogger } from '../logger.ts';
import { camParameters, micParameters } from '../testing/rtp-blocks.ts';
import { freeMediaPort } from '../testing/sfu-under-test.ts';
import { readRtpParameters } from './blocks.ts';
import { MEDIA_CODECS } from './codecs.ts';
import { handleRtc } from './handle-rtc.ts';
import { type MediaWorker, startMediaWorker } from './media-worker.ts';
import { Rooms } from './rooms.ts';
import { DEFAULT_TIMINGS } from './timings.ts';

const log = createLogger('error');
let media: MediaWorker;
let rooms: Rooms;
const told: SfuEvent[] = [];

beforeAll(async () => {
  media = await startMediaWorker(
    { port: await freeMediaPort(), listen: [{ ip: '127.0.0.1', announced: 'media.example.org' }] },
    log,
  );
});
afterAll(() => media.close());

const openRooms = (givesFeedback: boolean) => {
  rooms?.close();
  told.length = 0;
  const quiet = {
    onEvent: (event: SfuEvent) => told.push(event),
    onSpeaking: () => undefined,
    onRoomClosed: () => undefined,
  };
  const workers = { serving: [{ ...media, givesFeedback }], untilServing: async () => true };
  rooms = new Rooms(workers, {
    sessionsPerWorker: 100,
    timings: DEFAULT_TIMINGS,
    log,
    now: () => performance.now(),
    ...quiet,
  });
};
beforeEach(() => openRooms(media.givesFeedback));

const epoch = 1;

async function join(name: string) {
  const { rtpCapabilities } = (await rooms.getOrOpen('plaza')).routers;
  const session = await rooms.join('plaza', name, rtpCapabilities);
  for (const direction of ['send', 'receive'] as const) {
    await handleRtc(rooms, 'plaza', name, { method: 'create-transport', epoch, direction });
  }
  return { session, room: rooms.session('plaza', name).room };
}

async function produce(name: string, source: 'mic' | 'cam', rtpParameters: Record<string, unknown>) {
  const transportId = rooms.session('plaza', name).session.transports.get('send')?.transport.id ?? '';
  await handleRtc(rooms, 'plaza', name, { method: 'produce', epoch, transportId, source, rtpParameters });
}

it('asks the worker for the layer wanted, clipped to what the camera has', async () => {
  const al = await join('al');
  await join('bo');
  await produce('bo', 'cam', camParameters(2));
  const see = (video: 1 | 2 | 3) =>
    al.room.plan([{ session: 'al', wants: [{ from: 'bo', audio: false, video, screen: 0 }] }]);
  const layer = () => [...al.session.consumers.values()][0]?.consumer.preferredLayers?.spatialLayer;
  see(1);
  await vi.waitFor(() => expect(layer()).toBe(0));
  see(3);
  await vi.waitFor(() => expect(layer()).toBe(1));
  see(1);
  await vi.waitFor(() => expect(layer()).toBe(0));
});

it('[RP18, RP19] lets a browser have less of a picture than its plan, never more, and weighs pictures', async () => {
  const al = await join('al');
  const bo = await join('bo');
  const cy = await join('cy');
  await produce('bo', 'cam', camParameters(3));
  const want = { from: 'bo', audio: false, screen: 0 } as const;
  al.room.plan([{ session: 'al', wants: [{ ...want, video: 2 }] }]);
  const entry = await vi.waitFor(() => {
    const [one] = al.session.consumers.values();
    if (!one) throw new Error('not yet');
    return one;
  });
  const { consumer } = entry;
  const consumerId = consumer.id;
  await handleRtc(rooms, 'plaza', 'al', { method: 'consumer-ready', epoch, consumerId });
  const view = (most: 0 | 1 | 2 | 3, who = 'al') =>
    handleRtc(rooms, 'plaza', who, { method: 'views', epoch, views: [{ consumerId, most }] });
  const layer = () => consumer.preferredLayers?.spatialLayer;
  await vi.waitFor(() => expect([consumer.paused, layer(), consumer.priority]).toEqual([false, 1, 4]));
  await view(1);
  await vi.waitFor(() => expect([layer(), consumer.priority]).toEqual([0, 2]));
  await view(3);
  await vi.waitFor(() => expect(layer()).toBe(1));
  await view(0);
  const producerPaused = async () => (await bo.session.producers.get('cam')?.dump())?.paused;
  await vi.waitFor(() => expect(consumer.paused).toBe(true));
  await vi.waitFor(async () => expect(await producerPaused()).toBe(true));
  await expect(view(0, 'cy')).rejects.toMatchObject({ code: 'not-yours' });
  // Nor does one of nobody's before it hide it.
  const hidden = [{ consumerId: 'gone', most: 0 } as const, { consumerId, most: 0 } as const];
  await expect(
    handleRtc(rooms, 'plaza', 'cy', { method: 'views', epoch, views: hidden }),
  ).rejects.toMatchObject({ code: 'not-yours' });
  expect(cy.session.closed).toBe(false);
  // Nothing is said of it any more: it comes as the plan says. One that is gone is no mistake.
  const gone = { consumerId: 'gone', most: 1 } as const;
  await handleRtc(rooms, 'plaza', 'al', { method: 'views', epoch, views: [gone] });
  await vi.waitFor(() => expect([consumer.paused, layer()]).toEqual([false, 1]));
  await vi.waitFor(async () => expect(await producerPaused()).toBe(false));
});

it('keeps producers paused in the worker until somebody plays them', async () => {
  const al = await join('al');
  const bo = await join('bo');
  await produce('bo', 'mic', micParameters());
  const paused = async () => (await bo.session.producers.get('mic')?.dump())?.paused;
  expect(await paused()).toBe(true);
  al.room.plan([{ session: 'al', wants: [{ from: 'bo', audio: true, video: 0, screen: 0 }] }]);
  await vi.waitFor(async () => expect(await paused()).toBe(false));
  al.room.plan([{ session: 'al', wants: [] }]);
  await vi.waitFor(async () => expect(await paused()).toBe(true));
});

it('offers candidates at the announced address, UDP before TCP', async () => {
  const { session } = await join('al');
  const candidates = session.transports.get('send')?.transport.iceCandidates ?? [];
  expect(candidates.map(({ protocol, address }) => ({ protocol, address }))).toEqual([
    { protocol: 'udp', address: 'media.example.org' },
    { protocol: 'tcp', address: 'media.example.org' },
  ]);
  const priorities = candidates.map(({ priority }) => priority);
  expect(priorities[0]).toBeGreaterThan(priorities[1] ?? 0);
});

it('offers candidates of both kinds of addresses where it listens on both', async () => {
  const listen = [
    { ip: '127.0.0.1', announced: undefined },
    { ip: '::1', announced: 'six.example.org' },
  ];
  const both = await startMediaWorker({ port: await freeMediaPort(), listen }, log);
  try {
    const router = await both.worker.createRouter({ mediaCodecs: MEDIA_CODECS });
    const { iceCandidates } = await router.createWebRtcTransport({ webRtcServer: both.webRtcServer });
    expect(iceCandidates.map(({ protocol, address }) => `${protocol} ${address}`).sort()).toEqual([
      'tcp 127.0.0.1',
      'tcp six.example.org',
      'udp 127.0.0.1',
      'udp six.example.org',
    ]);
  } finally {
    await both.close();
  }
});

/** Opus in RTP, as one that sends without measure does it. */
function packet(sequence: number, bytes: number): Buffer {
  const made = Buffer.alloc(12 + bytes, 0x55);
  made.writeUInt16BE(0x806f);
  made.writeUInt16BE(sequence & 0xffff, 2);
  made.writeUInt32BE((sequence * 960) % 2 ** 32, 4);
  made.writeUInt32BE(1111, 8);
  return made;
}

it.each([
  ['more than any browser of ours', 1000, true],
  ['what a voice takes', 80, false],
])('[BW2] of one that sends %s', async (_what, bytes, isOver) => {
  const al = await join('al');
  const bo = await join('bo');
  const direct = await al.session.home.router.createDirectTransport();
  const producer = await direct.produce({
    kind: 'audio',
    rtpParameters: readRtpParameters({ ...micParameters(), headerExtensions: [] }),
  });
  al.room.watchProducer(al.session, 'mic', producer);
  let sequence = 0;
  const sending = setInterval(() => producer.send(packet(sequence++, bytes)), 5);
  let looks = 0;
  const looking = setInterval(() => {
    looks += 1;
    al.room.heal();
  }, 200);
  try {
    await vi.waitFor(() => expect(isOver ? al.session.closed : looks > 15).toBe(true), 10_000);
  } finally {
    clearInterval(sending);
    clearInterval(looking);
  }
  expect(al.session.closed).toBe(isOver);
  expect(bo.session.closed).toBe(false);
  const lost = told.filter(({ event }) => event === 'session-lost').map(({ session }) => session);
  expect(lost).toEqual(isOver ? ['al'] : []);
  producer.close();
});

it('closes a transport whose ICE does not come back, and what hangs on it', async () => {
  const { session, room } = await join('al');
  await produce('al', 'mic', micParameters());
  const entry = session.transports.get('send');
  if (!entry) throw new Error('no transport');
  entry.iceLostAtMs = performance.now() - DEFAULT_TIMINGS.iceLostMs + 5000;
  room.heal();
  expect(entry.transport.closed).toBe(false);
  entry.iceLostAtMs = performance.now() - DEFAULT_TIMINGS.iceLostMs - 1;
  room.heal();
  expect(entry.transport.closed).toBe(true);
  expect([session.transports.size, session.producers.size]).toEqual([1, 0]);
});

it('leaves nothing in the worker when rooms close, whatever was under way', async () => {
  await join('al');
  const { session } = await join('bo');
  const underWay = [
    handleRtc(rooms, 'plaza', 'bo', { method: 'create-transport', epoch, direction: 'send' }),
    handleRtc(rooms, 'plaza', 'bo', { method: 'create-transport', epoch, direction: 'receive' }),
    handleRtc(rooms, 'plaza', 'cy', { method: 'join', epoch, rtpCapabilities: {} }),
  ];
  rooms.get('plaza')?.closeSession('bo');
  const results = await Promise.allSettled(underWay);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
  expect(session.transports.size).toBe(0);
  expect(rooms.stats()).toMatchObject({ rooms: 1, sessions: 2, transports: 2 });
  rooms.close();
  await vi.waitFor(async () => expect((await media.worker.dump()).routerIds).toEqual([]));
  expect((await media.webRtcServer.dump()).webRtcTransportIds).toEqual([]);
});

it('refuses a source that begins anew too often, and the other source goes on', async () => {
  const { session } = await join('al');
  for (let i = 0; i < 5; i++) await produce('al', 'mic', micParameters(1000 + i));
  const last = session.producers.get('mic')?.id;
  await expect(produce('al', 'mic', micParameters(2000))).rejects.toMatchObject({ code: 'too-many' });
  expect(session.producers.get('mic')).toMatchObject({ id: last, closed: false });
  await produce('al', 'cam', camParameters(1));
});

it('hands a listener nothing of a speaker that could break out of a session description', async () => {
  const al = await join('al');
  await join('bo');
  const evil = '\r\na=evil';
  const [codec] = readRtpParameters(micParameters()).codecs;
  const codecs = [{ ...codec, parameters: { usedtx: 1, [`x${evil}`]: 1 } }];
  await produce('bo', 'mic', { ...micParameters(), codecs, msid: `x${evil}` });
  al.room.plan([{ session: 'al', wants: [{ from: 'bo', audio: true, video: 0, screen: 0 }] }]);
  const told = await vi.waitFor(() => {
    const [entry] = al.session.consumers.values();
    if (!entry) throw new Error('not yet');
    return entry.consumer.rtpParameters;
  });
  expect(JSON.stringify(told)).not.toContain('evil');
  await expect(
    produce('bo', 'mic', { ...micParameters(), rtcp: { cname: `x${evil}` } }),
  ).rejects.toMatchObject({ code: 'bad-message' });
});

it.each([
  [true, 1_000_000],
  [false, 5_000_000],
])(
  'starts the estimate where the full camera fits when nothing raises it (feedback %s)',
  async (gives, bitrate) => {
    openRooms(gives);
    const [first] = (await rooms.getOrOpen('plaza')).routers.all;
    if (!first) throw new Error('no router');
    const make = vi.spyOn(first.router, 'createWebRtcTransport');
    await join('al');
    expect(make).toHaveBeenCalledTimes(2);
    for (const [options] of make.mock.calls) expect(options.initialAvailableOutgoingBitrate).toBe(bitrate);
  },
);
