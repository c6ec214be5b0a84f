import { join } from 'node:path';
import { loudnessAt } from '@chatmux/engine';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SoundRung } from '../../../client/src/store/sound.ts';
import { type EchoBrowser, openEchoBrowser } from './harness/echo-browser.ts';
import { type PageServer, servePage } from './page-server.ts';

const RUNGS: SoundRung[] = ['headphones', 'speakers', 'plain'];
const decibels = (ratio: number) => 20 * Math.log10(ratio);
let server: PageServer;
let browser: EchoBrowser;
let page: Page;

beforeAll(async () => {
  server = await servePage(join(import.meta.dirname, 'sound-page.ts'));
  browser = await openEchoBrowser();
  page = await openPage();
  await page.evaluate(() => window.sound.speak());
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

async function openPage(): Promise<Page> {
  const opened = await browser.browser.newPage();
  opened.on('pageerror', (error) => console.error('page:', error));
  await opened.goto(server.url);
  return opened;
}

/** Levels at both ears of the voice at a place. */
async function earsAt(x: number, z: number, carry: 'distance' | 'whole' = 'distance') {
  await page.evaluate(([px, pz, how]) => window.sound.place(px, pz, how), [x, z, carry] as const);
  return page.evaluate(() => window.sound.ears());
}

async function step(rung: SoundRung): Promise<void> {
  await page.evaluate((to) => window.sound.setRung(to), rung);
  const kind = { headphones: 'around', speakers: 'sides', plain: 'plain' }[rung];
  await page.waitForFunction((wanted) => window.sound.kind() === wanted, kind);
}

describe.each(RUNGS)('the step %s', (rung) => {
  it('is as loud as the curve says, and as loud as the others', async () => {
    await step('speakers');
    const { level: speakers } = await earsAt(0, 2);
    await step(rung);
    for (const metres of [2, 5, 8, 12]) {
      const { level } = await earsAt(0, metres);
      const expected = decibels(loudnessAt(metres));
      expect(Math.abs(decibels(level / speakers) - expected), `at ${metres} m`).toBeLessThan(1.5);
    }
  });

  it('gives a stage and a near voice the same loudness', async () => {
    await step(rung);
    const near = await earsAt(0, 2);
    const stage = await earsAt(0, 40, 'whole');
    expect(Math.abs(decibels(stage.level / near.level))).toBeLessThan(1);
  });

  it('keeps sides apart as far as it should', async () => {
    await step(rung);
    // Facing +z with y up, −x is on the right.
    const { left, right } = await earsAt(-2, 0);
    const least = { headphones: 2, speakers: 20, plain: -0.1 }[rung];
    const most = { headphones: 15, speakers: 200, plain: 0.1 }[rung];
    expect(decibels(right / left)).toBeGreaterThan(least);
    expect(decibels(right / Math.max(left, 1e-9))).toBeLessThan(most);
  });
});

describe('the loopback', () => {
  it('carries the sound as loud as it was, with left and right, and not much later', async () => {
    await step('speakers');
    const straight = await earsAt(-2, 0);
    await page.evaluate(() => window.sound.setWay('loopback'));
    await expect.poll(() => page.evaluate(() => window.sound.way()), { timeout: 10_000 }).toBe('loopback');
    // The encoder and the buffer behind it settle.
    await page.waitForTimeout(2000);
    const looped = await page.evaluate(() => window.sound.looped());
    const delay = await page.evaluate(() => window.sound.delay());
    console.info(
      `loopback: ${decibels(looped.level / straight.level).toFixed(2)} dB, sides ${decibels(looped.right / looped.left).toFixed(1)} dB apart, ${delay.toFixed(0)} ms later`,
    );
    expect(Math.abs(decibels(looped.level / straight.level))).toBeLessThan(1.5);
    expect(decibels(looped.right / looped.left)).toBeGreaterThan(15);
    expect(delay).toBeLessThan(250);
  });

  it('is opened anew when it breaks, and sound goes straight meanwhile', async () => {
    const way = () => page.evaluate(() => window.sound.way());
    const before = await page.evaluate(() => window.sound.connections());
    await page.evaluate(() => window.sound.breakLoop());
    await expect.poll(way, { timeout: 20_000, interval: 10 }).not.toBe('loopback');
    await expect.poll(way, { timeout: 20_000 }).toBe('loopback');
    expect(await page.evaluate(() => window.sound.connections())).toBe(before + 2);
    await expect
      .poll(async () => (await page.evaluate(() => window.sound.looped())).level, { timeout: 10_000 })
      .toBeGreaterThan(0.01);
  });

  it('is silent with everything else, and goes when it is not wanted', async () => {
    await page.evaluate(() => window.sound.setSilent(true));
    await expect
      .poll(async () => (await page.evaluate(() => window.sound.looped())).level, { timeout: 10_000 })
      .toBeLessThan(1e-4);
    await page.evaluate(() => window.sound.setSilent(false));
    await page.evaluate(() => window.sound.setWay('straight'));
    expect(await page.evaluate(() => window.sound.way())).toBe('straight');
  });
});

describe('the echo trap', () => {
  it('is there: the canceller hears Web Audio through the loopback alone', async () => {
    const trap = await openPage();
    const microphone = (noise: number[] | undefined) =>
      trap.evaluate(([samples, seconds]) => window.sound.microphone(samples, seconds), [noise, 6] as const);
    const silent = await microphone(undefined);
    const straight = await microphone(browser.noise);
    await trap.evaluate(() => window.sound.setWay('loopback'));
    await trap.waitForFunction(() => window.sound.way() === 'loopback');
    const looped = await microphone(browser.noise);
    await trap.close();
    console.info(
      `the microphone hears ${silent.toFixed(1)} dB; while we play it straight ${straight.toFixed(1)}, through the loopback ${looped.toFixed(1)}`,
    );
    expect(Math.abs(straight - silent)).toBeLessThan(3);
    expect(looped).toBeLessThan(silent - 10);
  });
});

describe('the limiter', () => {
  it.each([0.2, 0.9])(
    'keeps 16 voices at %d from clipping, from their first sample on',
    async (amplitude) => {
      expect(await page.evaluate((value) => window.sound.crowd(16, value), amplitude)).toBeLessThan(1);
    },
  );
});

describe('a voice that moves', () => {
  // Chromium's HRTF fades between directions by itself, and no better with ramps: −50 dB is its own.
  it.each([
    ['plain', -60],
    ['sides', -58],
    ['around', -45],
  ] as const)('does not click: %s', async (kind, bar) => {
    for (const turns of [0.1, 0.5]) {
      const high = await page.evaluate(([of, speed]) => window.sound.clicks(of, speed), [
        kind,
        turns,
      ] as const);
      console.info(`${kind} at ${turns} turns/s: ${high.toFixed(0)} dB`);
      expect(high, `${turns} turns a second`).toBeLessThan(bar);
    }
  });

  it('would click if its values were just set', async () => {
    expect(await page.evaluate(() => window.sound.clicks('plain', 0.5, true))).toBeGreaterThan(-60);
  });
});
