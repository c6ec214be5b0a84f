import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Page } from 'playwright-core';
import { openToneBrowser } from '../../browser/harness/tone-browser.ts';
import { ANNA, all, BEN } from '../../browser/media-pages.ts';
import { servePage } from '../../browser/page-server.ts';
import { countedRounds, VoidRound } from '../measure/rounds.ts';
import { apart, median, percentile, span } from '../measure/stats.ts';

const JOINS = 20;
/**
 * Who came into earshot stays there for a moment: its edge is a metre wide, and plans are made five times a second.
 * Whoever left with the first sample would leave the listener's jitter buffer in a state that walkers hardly make, and
 * every other join after it would be 60 to 150 ms late.
 */
const STAY_MS = 300;
/** How late this process, which carries all messages, may be: 99 of 100 times. */
const MAX_LATE_MS = 40;
const MAX_NOISE = 0.35;
const HEARD_MS = 10_000;

/** One way to join: what it takes, and how it is undone. */
export interface JoinArm {
  readonly name: string;
  /** @returns milliseconds */
  enter(): Promise<number>;
  leave(): Promise<void>;
}

/** What Anna knows of Ben, who speaks all the time: within earshot, or beyond it and prepared. */
export const benFor = (inward: boolean) => all(BEN, { audio: inward, video: 0, heardBy: false, seenBy: 0 });
/** What Ben knows of Anna. */
export const annaFor = (inward: boolean) => all(ANNA, { audio: false, video: 0, heardBy: inward, seenBy: 0 });

/** A browser with pages that can join in every way. */
export async function openJoinBrowser() {
  const server = await servePage(join(import.meta.dirname, 'join-page.ts'));
  const { browser, close } = await openToneBrowser(440, 0.25);
  return {
    async openPage(cross: (inward: boolean) => void): Promise<Page> {
      const page = await browser.newPage();
      page.on('pageerror', (error) => console.error('page:', error));
      await page.exposeFunction('cross', cross);
      await page.goto(server.url);
      await page.waitForFunction(() => window.join);
      return page;
    },
    async close() {
      await close();
      await server.close();
    },
  };
}

/** Joins once. @throws Error when nothing comes of it */
async function enterBy({ name, enter }: JoinArm): Promise<number> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`${name}: nothing came for ${HEARD_MS} ms`)), HEARD_MS);
  try {
    return await Promise.race([enter(), promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Joins again and again. @returns what 95 of 100 joins take at most, in milliseconds */
async function p95Of(arm: JoinArm): Promise<number> {
  const times: number[] = [];
  const late = monitorEventLoopDelay({ resolution: 5 });
  late.enable();
  for (let i = 0; i < JOINS; i++) {
    times.push(await enterBy(arm));
    await new Promise((resolve) => setTimeout(resolve, STAY_MS));
    await arm.leave();
  }
  late.disable();
  const lateMs = late.percentile(99) / 1e6;
  if (lateMs > MAX_LATE_MS)
    throw new VoidRound(`What carries the messages was ${Math.round(lateMs)} ms late.`);
  return percentile(times, 0.95);
}

/** Lets three arms take turns: ours, what it is compared with, and that again. */
export async function compareJoins(name: string, bar: number, ours: JoinArm, bare: JoinArm) {
  const arms = [bare, ours, bare];
  // What is loaded and compiled once is no part of a join.
  for (const arm of [ours, bare]) {
    console.error(`${name}: ${arm.name}: ${(await enterBy(arm)).toFixed(0)} ms the first time`);
    await arm.leave();
  }
  const rounds = await countedRounds(async (round) => {
    const seen = [0, 0, 0];
    for (let turn = 0; turn < arms.length; turn++) {
      const index = (round + turn) % arms.length;
      const arm = arms[index];
      if (arm) seen[index] = await p95Of(arm);
    }
    const [first = 0, own = 0, again = 0] = seen;
    console.error(
      `${name}: p95 ${own.toFixed(0)} ms; ${bare.name} ${first.toFixed(0)} and ${again.toFixed(0)} ms`,
    );
    return { ratio: own / ((first + again) / 2), noise: again / first };
  });
  const ratios = rounds.map(({ ratio }) => ratio);
  const value = median(ratios);
  const noise = apart(median(rounds.map((round) => round.noise)));
  console.error(`${name}: ${span(ratios)}`);
  return [
    { name, value, unit: `× ${bare.name}, p95 ÷ p95`, bar: `≤ ${bar}`, pass: value <= bar },
    { name: `${name}-noise`, value: noise, unit: 'off', bar: `≤ ${MAX_NOISE}`, pass: noise <= MAX_NOISE },
  ];
}
