import { loudnessAt } from '@chatmux/engine';
import { type RtcEvent, type RtcReply, type RtcRequest, type SfuEvent, toProblem } from '@chatmux/schema';
import { connectSfu, type PlanOfListener, type SfuClient } from '@chatmux/sfu/client';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CAMERA } from '../../../client/src/media/send-quality.ts';
import { SECRET, startTestSfu } from '../../../sfu/src/testing/sfu-under-test.ts';
import {
  ANNA,
  all,
  BEN,
  decibels,
  enter,
  hears,
  levelAt,
  type MediaBrowser,
  openMediaBrowser,
  plan,
  received,
  stillFor2s,
} from './media-pages.ts';

const ROOM = 'room';
/** A busy machine may take its time. */
const PATIENT = { timeout: 10_000 };
let epoch = 7;
let sfu: Awaited<ReturnType<typeof startTestSfu>>;
let client: SfuClient;
/** The plan as it stands; told again once a second, as the game server does: one told before anybody joined is lost. */
let listeners: PlanOfListener[] = [];
let telling: ReturnType<typeof setInterval>;
let browser: MediaBrowser;
let anna: Page;
let ben: Page;

/** The test is the game server: sessions are named by the person's id. */
beforeAll(async () => {
  sfu = await startTestSfu();
  client = await new Promise<SfuClient>((resolve) => {
    const connected = connectSfu({
      url: `ws://127.0.0.1:${sfu.controlPort}`,
      secret: SECRET,
      onEvent: deliver,
      onSpeaking: () => undefined,
      onDraining: () => undefined,
      onUp: () => resolve(connected),
      onDown: () => undefined,
      log: { info: () => undefined, warn: (message) => console.warn(message) },
    });
  });
  telling = setInterval(() => client.plan(ROOM, listeners), 1000);
  browser = await openMediaBrowser();
  [anna, ben] = await Promise.all([browser.openPage(), browser.openPage()]);
  await Promise.all([answer(anna, ANNA), answer(ben, BEN)]);
  await Promise.all([enter(anna, ANNA, 'sfu', epoch), enter(ben, BEN, 'sfu', epoch)]);
  await want({});
}, 120_000);

afterAll(async () => {
  clearInterval(telling);
  await browser?.close();
  await client?.close();
  await sfu?.close();
});

async function answer(page: Page, me: number): Promise<void> {
  await page.exposeFunction('ask', async (request: RtcRequest): Promise<RtcReply> => {
    try {
      return { ok: true, data: await client.rtc(ROOM, String(me), request) };
    } catch (error) {
      return { ok: false, problem: toProblem(error, 'rtc') };
    }
  });
}

function deliver(event: SfuEvent): void {
  const page = event.session === String(ANNA) ? anna : ben;
  const { room: _room, session: _session, ...rest } = event;
  const told: RtcEvent =
    rest.event === 'consumer-opened' ? { ...rest, from: Number(rest.from), epoch } : { ...rest, epoch };
  page
    .evaluate((one) => window.page.event(one), told)
    .catch((error: unknown) => console.warn('an event was lost', error));
}

/** What Anna receives of Ben, told to both browsers and to the media server; Ben always receives all of Anna. */
async function want({ audio = true, video = 3 }: { audio?: boolean; video?: 0 | 1 | 2 | 3 }): Promise<void> {
  listeners = [
    { session: String(ANNA), wants: [{ from: String(BEN), audio, video, screen: 0 }] },
    { session: String(BEN), wants: [{ from: String(ANNA), audio: true, video: 3, screen: 0 }] },
  ];
  client.plan(ROOM, listeners);
  await Promise.all([
    plan(anna, epoch, [all(BEN, { audio, video })]),
    plan(ben, epoch, [all(ANNA, { heardBy: audio, seenBy: video })]),
  ]);
}

const videos = (page: Page) => page.evaluate(() => window.page.seen().videos);

describe('two browsers, through the media server', () => {
  it('connect, hear and see each other', async () => {
    await Promise.all([hears(anna), hears(ben)]);
    for (const page of [anna, ben])
      await expect.poll(async () => (await received(page)).frames, { timeout: 30_000 }).toBeGreaterThan(10);
    expect(await videos(anna)).toEqual([BEN]);
    const { states, said } = await anna.evaluate(() => window.page.seen());
    expect(states).toEqual(['sfu connecting', 'sfu on']);
    expect(said).toEqual([]);
  });

  it('are as loud as the curve says', async () => {
    const near = await levelAt(anna, BEN, 0, 1);
    for (const metres of [3, 5, 8, 10, 12]) {
      const { level } = await levelAt(anna, BEN, metres * Math.sin(1), metres * Math.cos(1));
      const expected = decibels(loudnessAt(metres) / loudnessAt(1));
      expect(Math.abs(decibels(level / near.level) - expected), `${metres} m`).toBeLessThan(1.5);
    }
    await levelAt(anna, BEN, 0, 1);
  });

  it('send a small picture where a small one is wanted, and a larger one again', async () => {
    await want({ video: 1 });
    await expect.poll(async () => (await received(anna)).width, { timeout: 30_000 }).toBe(CAMERA.width / 4);
    await want({ video: 3 });
    // How soon the largest size follows is up to the bandwidth estimate, and can take more than a minute.
    await expect
      .poll(async () => (await received(anna)).width, { timeout: 60_000 })
      .toBeGreaterThanOrEqual(CAMERA.width / 2);
  });

  it('carry nothing that is only prepared, and go on at once', async () => {
    await want({ audio: false, video: 0 });
    await expect.poll(() => videos(anna), PATIENT).toEqual([]);
    const bytes = await stillFor2s(async () => (await received(anna)).bytes);
    const frames = await stillFor2s(async () => (await received(anna)).frames);
    // The one who would send it keeps it.
    await stillFor2s(() => ben.evaluate(() => window.page.sentSound()));
    const [person] = await anna.evaluate(() => window.page.inspect());
    expect(person).toMatchObject({ gain: 0, level: 0, audio: { paused: true }, video: { paused: true } });
    await want({});
    await hears(anna);
    await expect.poll(async () => (await received(anna)).bytes, PATIENT).toBeGreaterThan(bytes);
    await expect.poll(async () => (await received(anna)).frames, { timeout: 30_000 }).toBeGreaterThan(frames);
    expect(await videos(anna)).toEqual([BEN]);
  });

  it('take away a picture when its camera is turned off, and bring it back', async () => {
    await ben.evaluate(() => window.page.setCam(false));
    await expect.poll(() => videos(anna), PATIENT).toEqual([]);
    await expect.poll(async () => (await client.stats()).producers, PATIENT).toBe(3);
    await ben.evaluate(() => window.page.setCam(true));
    await expect.poll(() => videos(anna), PATIENT).toEqual([BEN]);
    await expect.poll(async () => (await received(anna)).frames, { timeout: 30_000 }).toBeGreaterThan(5);
  });

  it('end in what was clicked last, however quickly', async () => {
    await ben.evaluate(() => {
      for (let i = 0; i < 7; i++) window.page.setMic(i % 2 === 1);
    });
    await expect.poll(async () => (await client.stats()).producers, PATIENT).toBe(3);
    await expect.poll(() => anna.evaluate(() => window.page.inspect()[0]?.audio), PATIENT).toBeUndefined();
    await ben.evaluate(() => {
      for (let i = 0; i < 6; i++) window.page.setMic(i % 2 === 1);
    });
    await hears(anna);
    expect((await client.stats()).producers).toBe(4);
  });

  it('join again by themselves when the server has lost their session', async () => {
    client.closeSession(ROOM, String(BEN));
    await expect.poll(async () => (await client.stats()).sessions, PATIENT).toBe(1);
    // Ben learns of it when he sends something new.
    await ben.evaluate(() => window.page.setMic(false));
    await ben.waitForFunction(() => window.page.micState() === 'off');
    await ben.evaluate(() => window.page.setMic(true));
    await expect.poll(async () => (await client.stats()).sessions, PATIENT).toBe(2);
    await expect.poll(() => ben.evaluate(() => window.page.seen().states.at(-1)), PATIENT).toBe('sfu on');
    await want({});
    await Promise.all([hears(anna), hears(ben)]);
  });

  it('hear each other again in a new epoch', async () => {
    epoch += 1;
    for (const [page, me] of [
      [anna, ANNA],
      [ben, BEN],
    ] as const)
      await enter(page, me, 'sfu', epoch);
    await want({});
    await Promise.all([hears(anna), hears(ben)]);
    await expect.poll(() => videos(anna), PATIENT).toEqual([BEN]);
    await expect.poll(async () => (await client.stats()).sessions, PATIENT).toBe(2);
  });
});
