import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { RtcReply, RtcRequest } from '@chatmux/schema';
import { toProblem } from '@chatmux/schema';
import { openEars } from '../../../../sfu/src/testing/ears.ts';
import { connectTestGameServer, startTestSfu } from '../../../../sfu/src/testing/sfu-under-test.ts';
import { openToneBrowser } from '../../browser/harness/tone-browser.ts';
import { ANNA, all, BEN, enter, plan } from '../../browser/media-pages.ts';
import { servePage } from '../../browser/page-server.ts';
import { readPacket } from './rtp-packet.ts';
import { listenAt } from './seat.ts';

const ROOM = 'recording';
const EPOCH = 1;
/** Opus takes a moment to find out that nobody speaks, and what begins is sent whole. */
const SETTLE_MS = 6000;
/** Silence has things that come every ten seconds. */
const RECORD_MS = 20_000;

/** What a microphone sent, as the media server got it. */
export interface Tape {
  /** Until it begins again. */
  readonly ms: number;
  readonly packets: readonly TapePacket[];
  /** Bytes a second that the server sent this browser meanwhile, without any sound: ICE, reports, feedback. */
  readonly upkeep: number;
}
export interface TapePacket {
  readonly atMs: number;
  /** In dB of full scale, 0 to −127. */
  readonly level: number;
  readonly payload: Buffer;
}

/** Records what Chromium sends through our client while its microphone hears this. @param amplitude 0 for silence */
export async function recordMicrophone(amplitude: number): Promise<Tape> {
  const sfu = await startTestSfu();
  const game = await connectTestGameServer(sfu.controlPort);
  const ears = await openEars();
  const server = await servePage(join(import.meta.dirname, '../../browser/media-page.ts'));
  const { browser, close } = await openToneBrowser(440, amplitude);
  try {
    const page = await browser.newPage();
    const [me, other] = [String(ANNA), String(BEN)];
    await page.exposeFunction('ask', async (request: RtcRequest): Promise<RtcReply> => {
      try {
        return { ok: true, data: await game.client.rtc(ROOM, me, request) };
      } catch (error) {
        return { ok: false, problem: toProblem(error, 'rtc') };
      }
    });
    await page.goto(server.url);
    await enter(page, ANNA, 'sfu', EPOCH, { cam: false });
    await plan(page, EPOCH, [all(BEN, { video: 0, seenBy: 0 })]);
    const listener = await listenAt(sfu, ROOM, other, ears);
    const wants = [{ from: me, audio: true, video: 0 as const, screen: 0 as const }];
    const session = await until('the microphone is heard', () => {
      game.client.plan(ROOM, [{ session: other, wants }]);
      listener.confirm();
      const speaker = sfu.rooms.get(ROOM)?.sessions.get(me);
      return speaker?.producers.get('mic')?.paused === false ? speaker : undefined;
    });
    const producer = session.producers.get('mic');
    if (!producer) throw new Error('the microphone went away');
    await wait(SETTLE_MS);

    const { router } = session.home;
    const direct = await router.createDirectTransport();
    const { rtpCapabilities } = router;
    const tap = await direct.consume({ producerId: producer.id, rtpCapabilities });
    const packets: TapePacket[] = [];
    const upkeep = async () => {
      let bytes = 0;
      for (const { transport } of session.transports.values()) {
        const [stats] = await transport.getStats();
        bytes += stats && 'bytesSent' in stats ? stats.bytesSent : 0;
      }
      return bytes;
    };
    const before = await upkeep();
    const startMs = performance.now();
    tap.on('rtp', (packet) => {
      const { level, payload } = readPacket(packet, tap.rtpParameters.headerExtensions ?? []);
      packets.push({ atMs: performance.now() - startMs, level, payload });
    });
    await wait(RECORD_MS);
    tap.close();
    const ms = performance.now() - startMs;
    return { ms, packets, upkeep: (((await upkeep()) - before) * 1000) / ms };
  } finally {
    await close();
    await server.close();
    await game.client.close();
    await sfu.close();
    await ears.close();
  }
}

async function until<T>(what: string, look: () => T | undefined): Promise<T> {
  const end = performance.now() + 30_000;
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error(`${what}: not within 30 s`);
    await wait(200);
  }
}
