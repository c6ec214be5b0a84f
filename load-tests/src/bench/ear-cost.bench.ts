import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Metric } from '../../../scripts/checks/bench-files.ts';
import { openToneBrowser } from '../browser/harness/tone-browser.ts';
import { servePage } from '../browser/page-server.ts';
import type { ArmName } from './ears/ear-page.ts';
import { type RendererCpu, rendererCpu } from './measure/renderer-cpu.ts';
import { countedRounds, VoidRound } from './measure/rounds.ts';
import { apart, median, span } from './measure/stats.ts';

const BAR = 0.4;
const MAX_NOISE = 0.25;
/** Many short turns: a shared machine is slower for seconds at a time, and all arms must have their share of that. */
const PASSES = 2;
const SETTLE_MS = 600;
const MEASURE_MS = 2000;
/** Frames a second, and seconds of sound a second, under which a machine stood still. */
const LEAST_FRAMES = 30;
const LEAST_SOUND = 0.93;

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** What a moving voice costs the page, script and sound together, against three's PositionalAudio. */
export default async function earCost(): Promise<Metric[]> {
  const server = await servePage(join(import.meta.dirname, 'ears/ear-page.ts'));
  const { browser, close } = await openToneBrowser(440, 0.1);
  try {
    const page = await browser.newPage();
    page.on('pageerror', (error) => console.error('page:', error));
    await page.goto(server.url);
    const cpu = await rendererCpu(browser);
    await page.waitForFunction(() => window.ears);
    const voices = await page.evaluate(() => window.ears.voices);
    // What is compiled once is not what a voice costs.
    for (const arm of ['three', 'headphones', 'speakers'] as const) {
      await page.evaluate((name) => window.ears.start(name), arm);
      await wait(1000);
      await page.evaluate(() => window.ears.stop());
    }

    // Nobody has two turns in a row, and whoever comes late in one round comes early in the next.
    const orders = [
      ['rest', 'headphones', 'three', 'speakers', 'again'],
      ['again', 'speakers', 'three', 'headphones', 'rest'],
    ] as const;
    const rounds = await countedRounds(async (round) => {
      const seen: Record<string, number> = {};
      for (let pass = 0; pass < PASSES; pass++)
        for (const turn of orders[(round * PASSES + pass) % 2] ?? []) {
          const arm = turn === 'again' ? 'headphones' : turn;
          seen[turn] = (seen[turn] ?? 0) + (await share(page, cpu, arm)) / PASSES;
        }
      const { rest = 0, headphones = 0, again = 0, speakers = 0, three = 0 } = seen;
      if (three - rest < 0.02) throw new VoidRound('Nothing was left of three over the noise.');
      const own = (headphones + again) / 2 - rest;
      return {
        headphones: own / (three - rest),
        speakers: (speakers - rest) / (three - rest),
        self: (again - rest) / (headphones - rest),
        ownShare: own / voices,
        threeShare: (three - rest) / voices,
      };
    });
    const percent = (pick: (round: (typeof rounds)[number]) => number) =>
      `${(100 * median(rounds.map(pick))).toFixed(3)} %`;
    const compared = (name: string, ratios: number[], more: string): Metric => ({
      name,
      value: median(ratios),
      unit: `times three's PositionalAudio (${span(ratios)}${more})`,
      bar: `≤ ${BAR}`,
      pass: median(ratios) <= BAR,
    });
    const selves = rounds.map(({ self }) => self);
    const noise = median(selves.map(apart));
    return [
      compared(
        'ear-cost',
        rounds.map(({ headphones }) => headphones),
        `; ${voices} voices on headphones, a voice takes ${percent((r) => r.ownShare)} of a core, there ${percent((r) => r.threeShare)}`,
      ),
      compared(
        'ear-cost-speakers',
        rounds.map(({ speakers }) => speakers),
        '',
      ),
      {
        name: 'ear-cost-noise',
        value: noise,
        unit: `headphones against themselves (${span(selves)})`,
        bar: `≤ ${MAX_NOISE}`,
        pass: noise <= MAX_NOISE,
      },
    ];
  } finally {
    await close();
    await server.close();
  }
}

/** Share of a core that the page takes while one arm hears. @throws VoidRound where the machine stood still */
async function share(page: Page, cpu: RendererCpu, arm: ArmName): Promise<number> {
  await page.evaluate((name) => window.ears.start(name), arm);
  await wait(SETTLE_MS);
  const look = async () => ({
    ...(await page.evaluate(() => window.ears.look())),
    cpuMs: await cpu.readMs(),
    atMs: performance.now(),
  });
  const before = await look();
  await wait(MEASURE_MS);
  const after = await look();
  await page.evaluate(() => window.ears.stop());
  await wait(200);
  const wallMs = after.atMs - before.atMs;
  const frames = ((after.frames - before.frames) * 1000) / wallMs;
  if (frames < LEAST_FRAMES)
    throw new VoidRound(`With ${arm} the page had ${frames.toFixed(0)} frames a second.`);
  if (after.seconds !== undefined && before.seconds !== undefined) {
    const sound = ((after.seconds - before.seconds) * 1000) / wallMs;
    if (sound < LEAST_SOUND)
      throw new VoidRound(`With ${arm} ${(100 * sound).toFixed(0)} % of the sound was made.`);
  }
  return (after.cpuMs - before.cpuMs) / wallMs;
}
