import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PlanEntry } from '@chatmux/schema';
import { chromium, type Page } from 'playwright-core';
import { CAMERA, CAMERA_LAYERS } from '../../../client/src/media/send-quality.ts';
import type { Metric } from '../../../scripts/checks/bench-files.ts';
import { SfuRoom } from '../browser/harness/sfu-room.ts';
import { waitFor } from '../browser/harness/visitor.ts';
import { ANNA, all, BEN, enter, plan } from '../browser/media-pages.ts';
import { servePage } from '../browser/page-server.ts';
import { writeMovingCamera } from './measure/moving-camera.ts';
import { countedRounds, VoidRound } from './measure/rounds.ts';
import { median, span } from './measure/stats.ts';

const BAR = 2.5;
const EPOCH = 1;
const ROOM = 'room';
/** What a change needs until the encoders have come to rest. */
const SETTLE_MS = 3000;
const MEASURE_MS = 5000;
const PATIENCE_MS = 60_000;
/** The plan is told again so often, as the game server does. */
const TELL_MS = 500;
/** Pictures a second under which the machine was too slow for a camera to say anything. */
const LEAST_RATE = 10;

/** As the plan has them by distance: within 5 m, within 9 m, beyond. */
const STEPS = [
  { name: 'far', video: 1 },
  { name: 'mid', video: 2 },
  { name: 'near', video: 3 },
] as const;
type Step = (typeof STEPS)[number];

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Bytes a second of one person's camera that come to another through the media server: far, mid and near. */
export default async function layerBytes(): Promise<Metric[]> {
  const room = await SfuRoom.start(EPOCH);
  const browser = await openCameraBrowser();
  let telling: ReturnType<typeof setInterval> | undefined;
  try {
    const [anna, ben] = [await browser.openPage(), await browser.openPage()];
    for (const [page, id] of [
      [anna, ANNA],
      [ben, BEN],
    ] as const) {
      await room.serve(page, id);
      await enter(page, id, 'sfu', EPOCH, { cam: id === ANNA });
    }
    let video: Step['video'] = 3;
    const tell = () =>
      room.client.plan(ROOM, [
        { session: String(BEN), wants: [{ from: String(ANNA), audio: true, video, screen: 0 }] },
      ]);
    telling = setInterval(tell, TELL_MS);

    /** What the game server would say to each of them when they stand so far apart. */
    const stand = async (step: Step) => {
      video = step.video;
      tell();
      const entry = (id: number, change: Partial<PlanEntry>) => [all(id, { seenBy: 0, video: 0, ...change })];
      await plan(anna, EPOCH, entry(BEN, { seenBy: video }));
      await plan(ben, EPOCH, entry(ANNA, { video }));
    };

    const rounds = await countedRounds(async (round) => {
      const bytes: Record<string, number> = {};
      for (const step of round % 2 === 0 ? STEPS : STEPS.toReversed()) {
        await stand(step);
        const wanted = CAMERA.width / (CAMERA_LAYERS[step.video - 1]?.scaleResolutionDownBy ?? 1);
        await waitFor(async () => (await picture(ben)).width === wanted, `${step.name} comes`, PATIENCE_MS);
        await wait(SETTLE_MS);
        bytes[step.name] = await rateOf(ben, wanted);
      }
      const { far = Number.NaN, mid = Number.NaN, near = Number.NaN } = bytes;
      console.error(
        `layer-bytes: ${[far, mid, near].map((rate) => `${(rate / 1000).toFixed(1)} kB/s`).join(', ')}`,
      );
      return { far, mid, near, first: near / mid, second: mid / far };
    });

    const metric = (name: string, ratios: number[]): Metric => {
      console.error(`${name}: ${span(ratios)}`);
      const value = median(ratios);
      return { name, value, unit: '× less', bar: `≥ ${BAR}`, pass: value >= BAR };
    };
    return [
      metric(
        'layer-bytes near to mid',
        rounds.map(({ first }) => first),
      ),
      metric(
        'layer-bytes mid to far',
        rounds.map(({ second }) => second),
      ),
    ];
  } finally {
    clearInterval(telling);
    await browser.close();
    await room.close();
  }
}

/** Chromium with a film for a camera, and pages with nothing but media in it. */
async function openCameraBrowser() {
  const folder = await mkdtemp(join(tmpdir(), 'chatmux-camera-'));
  const film = join(folder, 'camera.y4m');
  await writeMovingCamera(film, CAMERA);
  const server = await servePage(join(import.meta.dirname, '../browser/media-page.ts'));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_BIN ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-video-capture=${film}`,
      '--autoplay-policy=no-user-gesture-required',
    ],
  });
  return {
    async openPage(): Promise<Page> {
      const page = await browser.newPage();
      page.on('pageerror', (error) => console.error('page:', error));
      await page.goto(server.url);
      return page;
    },
    async close() {
      await browser.close();
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function picture(page: Page) {
  const [stats] = await page.evaluate(() => window.page.stats());
  const { bytesReceived = 0, framesDecoded = 0, frameWidth = 0 } = stats?.video ?? {};
  return { bytes: bytesReceived, frames: framesDecoded, width: frameWidth };
}

/** Bytes a second of the picture. @throws VoidRound where the picture changed its size, or hardly moved */
async function rateOf(page: Page, width: number): Promise<number> {
  const before = await picture(page);
  const startMs = performance.now();
  await wait(MEASURE_MS);
  const after = await picture(page);
  const seconds = (performance.now() - startMs) / 1000;
  if (after.width !== width) throw new VoidRound(`the picture became ${after.width} wide`);
  const rate = (after.frames - before.frames) / seconds;
  if (rate < LEAST_RATE) throw new VoidRound(`${rate.toFixed(1)} pictures came in a second`);
  return (after.bytes - before.bytes) / seconds;
}
