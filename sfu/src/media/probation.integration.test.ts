import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLogger } from '../logger.ts';
import { freeMediaPort, isPrebuiltWorker } from '../testing/sfu-under-test.ts';
import { MEDIA_CODECS } from './codecs.ts';
import { type MediaWorker, startMediaWorker } from './media-worker.ts';

/** As mediasoup's worker numbers them. */
const PROBATION_SSRC = 1234;
const PICTURE_BYTES = 1000;
const LISTENERS = 4;
const SECOND = 1000;

let media: MediaWorker;
const toClose: { close(): void }[] = [];
beforeAll(async () => {
  const address = { port: await freeMediaPort(), listen: [{ ip: '127.0.0.1', announced: undefined }] };
  media = await startMediaWorker(address, createLogger('error'));
});
afterAll(async () => {
  for (const one of toClose) one.close();
  await media.close();
});

/** A listener without SRTP: gives the sequence numbers of the probation packets that come. */
async function listen(router: Awaited<ReturnType<typeof openRouter>>['router'], producerId: string) {
  const socket = createSocket('udp4');
  toClose.push(socket);
  const seqs: number[] = [];
  socket.on('message', (packet) => {
    if (packet.length > 12 && packet.readUInt32BE(8) === PROBATION_SSRC) seqs.push(packet.readUInt16BE(2));
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const transport = await router.createPlainTransport({
    listenInfo: { protocol: 'udp', ip: '127.0.0.1' },
    rtcpMux: true,
  });
  await transport.consume({ producerId, rtpCapabilities: router.rtpCapabilities });
  await transport.connect({ ip: '127.0.0.1', port: socket.address().port });
  return seqs;
}

async function openRouter() {
  const router = await media.worker.createRouter({ mediaCodecs: MEDIA_CODECS });
  const direct = await router.createDirectTransport();
  const producer = await direct.produce({
    kind: 'video',
    rtpParameters: {
      codecs: [{ mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000 }],
      encodings: [{ ssrc: 5555 }],
    },
  });
  let count = 0;
  const sending = setInterval(() => {
    // The first bytes of a VP8 key frame, which is what a new consumer waits for.
    const packet = Buffer.alloc(PICTURE_BYTES);
    packet.writeUInt8(0x80, 0);
    packet.writeUInt8(0x80 | 96, 1);
    packet.writeUInt16BE(count & 0xffff, 2);
    packet.writeUInt32BE(count * 3000, 4);
    packet.writeUInt32BE(5555, 8);
    packet.writeUInt8(0x10, 12);
    producer.send(packet);
    count += 1;
  }, 30);
  toClose.push({ close: () => clearInterval(sending) });
  return { router, producerId: producer.id };
}

it.skipIf(isPrebuiltWorker)(
  'numbers the probation packets of each listener without a gap, whoever else comes',
  async () => {
    const { router, producerId } = await openRouter();
    const heard: number[][] = [];
    for (let count = 0; count < LISTENERS; count++) {
      heard.push(await listen(router, producerId));
      await expect.poll(() => heard.at(-1)?.length, { timeout: 10 * SECOND }).toBeGreaterThan(0);
    }
    // One who sends less than the line is thought to carry probes it again every five seconds.
    const before = heard.map(({ length }) => length);
    await expect
      .poll(() => heard.every(({ length }, at) => length > (before[at] ?? 0)), { timeout: 20 * SECOND })
      .toBe(true);
    for (const seqs of heard) {
      const first = seqs[0] ?? 0;
      expect(seqs).toEqual(seqs.map((_, at) => (first + at) & 0xffff));
    }
  },
  40 * SECOND,
);
