import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CAMERA } from '../../../client/src/media/send-quality.ts';
import { turnServer } from '../../../game-server/src/rooms/turn-credentials.ts';
import { isPrebuiltWorker } from '../../../sfu/src/testing/sfu-under-test.ts';
import { NarrowLine } from './harness/narrow-line.ts';
import { SfuRoom } from './harness/sfu-room.ts';
import { startTurnServer, type TurnServer } from './harness/turn-server.ts';
import {
  ANNA,
  all,
  BEN,
  enter,
  hears,
  type MediaBrowser,
  openMediaBrowser,
  plan,
  received,
} from './media-pages.ts';

const EPOCH = 7;
const WIDE = 20_000_000;
/** A voice and a small picture fit, and not much more. */
const WEAK = 250_000;
/** Not even a voice fits. */
const HOPELESS = 30_000;
const PATIENT = { timeout: 60_000 };
/** Opus sends so many packets a second of somebody who speaks. */
const VOICE_PACKETS = 50;

/** Ben's line is a weak one; Anna's is not. */
describe('a weak line to the media server', () => {
  let turn: TurnServer;
  let line: NarrowLine;
  let room: SfuRoom;
  let browser: MediaBrowser;
  let anna: Page;
  let ben: Page;

  beforeAll(async () => {
    turn = await startTurnServer();
    line = await NarrowLine.start(Number(/:(\d+)\?/.exec(turn.url)?.[1]), WIDE);
    room = await SfuRoom.start(EPOCH);
    browser = await openMediaBrowser();
    [anna, ben] = [await browser.openPage(), await browser.openPage('?relay-only')];
    const urls = [`turn:127.0.0.1:${line.port}?transport=udp`];
    const relayed = [turnServer({ urls, secret: turn.secret, ttlSeconds: 600 }, '2.1', Date.now())];
    for (const [page, id, iceServers] of [
      [anna, ANNA, []],
      [ben, BEN, relayed],
    ] as const) {
      await room.serve(page, id);
      await enter(page, id, 'sfu', EPOCH, { iceServers: [...iceServers] });
      await plan(page, EPOCH, [all(id === ANNA ? BEN : ANNA)]);
    }
    room.wantAll();
    await Promise.all([hears(anna), hears(ben)]);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await room?.close();
    line?.close();
    await turn?.close();
  });

  const width = async () => (await received(ben)).width;
  /** Of what was sent of Anna's voice within some seconds: the part that came. */
  async function voiceThatComes(seconds: number): Promise<number> {
    const before = (await received(ben)).packets;
    const start = performance.now();
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    const came = (await received(ben)).packets - before;
    return came / ((VOICE_PACKETS * (performance.now() - start)) / 1000);
  }

  it('that is wide shows a large picture', async () => {
    await expect.poll(width, PATIENT).toBe(CAMERA.width);
  });

  it('that becomes narrow shows a smaller one, and the voice stays whole', async () => {
    line.bitsPerSecond = WEAK;
    await expect.poll(width, PATIENT).toBeLessThan(CAMERA.width);
    await expect.poll(() => voiceThatComes(3), PATIENT).toBeGreaterThan(0.97);
    expect(line.dropped.down).toBeGreaterThan(0);
    const { frames } = await received(ben);
    await expect.poll(async () => (await received(ben)).frames, PATIENT).toBeGreaterThan(frames + 20);
  });

  it.skipIf(isPrebuiltWorker)('that becomes wide again shows a large one again', async () => {
    line.bitsPerSecond = WIDE;
    await expect.poll(width, PATIENT).toBe(CAMERA.width);
  });

  it.skipIf(isPrebuiltWorker)('that all but fails for a while gets both back', async () => {
    line.bitsPerSecond = HOPELESS;
    await new Promise((resolve) => setTimeout(resolve, 8000));
    line.bitsPerSecond = WIDE;
    const { frames } = await received(ben);
    await expect.poll(() => voiceThatComes(3), PATIENT).toBeGreaterThan(0.97);
    await expect.poll(async () => (await received(ben)).frames, PATIENT).toBeGreaterThan(frames + 20);
    await expect.poll(width, PATIENT).toBe(CAMERA.width);
  });
});
