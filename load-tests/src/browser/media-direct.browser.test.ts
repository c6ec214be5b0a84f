import { loudnessAt } from '@chatmux/engine';
import type { PlanEntry } from '@chatmux/schema';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CAMERA } from '../../../client/src/media/send-quality.ts';
import * as pages from './media-pages.ts';
import {
  ANNA,
  all,
  BEN,
  decibels,
  hears,
  levelAt,
  type MediaBrowser,
  received,
  stillFor2s,
} from './media-pages.ts';

const EPOCH = 7;
/** A busy machine may take its time. */
const PATIENT = { timeout: 10_000 };
let browser: MediaBrowser;
let anna: Page;
let ben: Page;
const plan = (page: Page, entries: PlanEntry[]) => pages.planDirect(page, EPOCH, entries);
const enter = (page: Page, me: number) => pages.enter(page, me, 'direct', EPOCH);

beforeAll(async () => {
  browser = await pages.openMediaBrowser();
  [anna, ben] = await Promise.all([browser.openPage(), browser.openPage()]);
  await Promise.all([pages.relay(anna, ANNA, () => ben), pages.relay(ben, BEN, () => anna)]);
  await Promise.all([enter(anna, ANNA), enter(ben, BEN)]);
  await Promise.all([plan(anna, [all(BEN)]), plan(ben, [all(ANNA)])]);
}, 120_000);

afterAll(() => browser?.close());

describe('two browsers, directly', () => {
  it('connect, hear and see each other', async () => {
    await Promise.all([hears(anna), hears(ben)]);
    for (const page of [anna, ben]) {
      await expect.poll(async () => (await received(page)).frames, { timeout: 30_000 }).toBeGreaterThan(10);
      await expect.poll(async () => (await received(page)).width, { timeout: 60_000 }).toBe(CAMERA.width);
    }
    const seen = await anna.evaluate(() => window.page.seen());
    expect(seen.videos).toEqual([BEN]);
    expect(seen.states.at(-1)).toBe('direct on');
    expect(seen.said).toEqual([]);
  });

  it('show who speaks, ourselves included', async () => {
    await expect.poll(() => anna.evaluate(() => window.page.seen().speaking), PATIENT).toEqual([ANNA, BEN]);
    expect(await anna.evaluate(() => window.page.micLevel())).toBeGreaterThan(0.5);
  });

  it('are as loud as the curve says, wherever they stand', async () => {
    const near = await levelAt(anna, BEN, 0, 1);
    // Ahead, to the right, and behind on the left.
    for (const metres of [2, 3, 5, 8, 10, 12])
      for (const angle of [0, -Math.PI / 2, 2.5]) {
        const { level } = await levelAt(anna, BEN, metres * Math.sin(angle), metres * Math.cos(angle));
        const expected = decibels(loudnessAt(metres) / loudnessAt(1));
        expect(Math.abs(decibels(level / near.level) - expected), `${metres} m at ${angle}`).toBeLessThan(
          1.5,
        );
      }
  });

  it('come from where they stand, and keep their strength while they go around', async () => {
    const ahead = await levelAt(anna, BEN, 0, 2);
    // Facing +z with y up, −x is on the right.
    const right = await levelAt(anna, BEN, -2, 0);
    const left = await levelAt(anna, BEN, 2, 0);
    expect(Math.abs(decibels(ahead.left / ahead.right))).toBeLessThan(1);
    expect(right.right).toBeGreaterThan(10 * right.left);
    expect(left.left).toBeGreaterThan(10 * left.right);
    await anna.evaluate((yaw) => window.page.turn(yaw), Math.PI);
    const turned = await levelAt(anna, BEN, -2, 0);
    await anna.evaluate(() => window.page.turn(0));
    expect(turned.left).toBeGreaterThan(10 * turned.right);
    for (const { level } of [right, left, turned])
      expect(Math.abs(decibels(level / ahead.level))).toBeLessThan(0.5);
  });

  it('are silent beyond the edge and where nobody knows them', async () => {
    expect((await levelAt(anna, BEN, 0, 17)).level).toBeLessThan(1e-4);
    expect((await levelAt(anna, BEN, 0, 1)).level).toBeGreaterThan(0.05);
  });

  it('send pictures in the size wanted, and none when none is wanted', async () => {
    await plan(ben, [all(ANNA, { seenBy: 1 })]);
    await expect.poll(async () => (await received(anna)).width, { timeout: 30_000 }).toBe(CAMERA.width / 4);
    const small = (await received(anna)).frames;
    await expect
      .poll(async () => (await received(anna)).frames, { timeout: 30_000 })
      .toBeGreaterThan(small + 10);
    await plan(ben, [all(ANNA, { seenBy: 0 })]);
    const frames = await stillFor2s(async () => (await received(anna)).frames);
    await plan(ben, [all(ANNA)]);
    await expect.poll(async () => (await received(anna)).frames, { timeout: 30_000 }).toBeGreaterThan(frames);
  });

  it('show no picture that is not wanted', async () => {
    await plan(anna, [all(BEN, { video: 0 })]);
    await expect.poll(() => anna.evaluate(() => window.page.seen().videos), PATIENT).toEqual([]);
    await plan(anna, [all(BEN)]);
    await expect.poll(() => anna.evaluate(() => window.page.seen().videos), PATIENT).toEqual([BEN]);
  });

  it('send no sound to those who don’t hear them', async () => {
    await plan(ben, [all(ANNA, { heardBy: false })]);
    const before = await stillFor2s(async () => (await received(anna)).bytes);
    await plan(ben, [all(ANNA)]);
    await expect.poll(async () => (await received(anna)).bytes, { timeout: 30_000 }).toBeGreaterThan(before);
  });

  it('take away a voice that is not wanted', async () => {
    await plan(anna, [all(BEN, { audio: false })]);
    await expect.poll(() => anna.evaluate(() => window.page.inspect()[0]?.level), PATIENT).toBe(0);
    await expect.poll(() => anna.evaluate(() => window.page.seen().speaking), PATIENT).toEqual([ANNA]);
    await plan(anna, [all(BEN)]);
    await hears(anna);
  });

  it('take away a picture when its camera is turned off, and bring it back', async () => {
    await ben.evaluate(() => window.page.setCam(false));
    await expect.poll(() => anna.evaluate(() => window.page.seen().videos), PATIENT).toEqual([]);
    await ben.evaluate(() => window.page.setCam(true));
    await expect.poll(() => anna.evaluate(() => window.page.seen().videos), PATIENT).toEqual([BEN]);
    const { frames } = await received(anna);
    await expect.poll(async () => (await received(anna)).frames, { timeout: 30_000 }).toBeGreaterThan(frames);
  });

  it.each([
    ['the impolite side', BEN],
    ['the polite side', ANNA],
  ])('find each other again when %s reloads', async (_, who) => {
    const [page, other] = who === BEN ? [ben, anna] : [anna, ben];
    await page.reload();
    await enter(page, who);
    await plan(page, [all(who === BEN ? ANNA : BEN)]);
    await hears(page);
    await expect.poll(async () => (await received(page)).frames, { timeout: 30_000 }).toBeGreaterThan(5);
    await hears(other);
    const { packets } = await received(other);
    await expect
      .poll(async () => (await received(other)).packets, { timeout: 30_000 })
      .toBeGreaterThan(packets + 20);
  });
});

describe('a room that begins without any way for media', () => {
  it('connects people as soon as there is one', async () => {
    const two = await Promise.all([browser.openPage(), browser.openPage()]);
    const [cleo, dan] = two;
    await Promise.all([pages.relay(cleo, ANNA, () => dan), pages.relay(dan, BEN, () => cleo)]);
    for (const [page, id] of [
      [cleo, ANNA],
      [dan, BEN],
    ] as const) {
      await pages.enter(page, id, 'none', 1);
      await page.evaluate(() => window.page.change({ mode: 'direct', epoch: 2, iceServers: [] }));
      await pages.planDirect(page, 2, [all(id === ANNA ? BEN : ANNA)]);
    }
    await Promise.all(two.map(hears));
    for (const page of two) await page.close();
  });
});

describe('sound that something stopped', () => {
  it('goes on by itself', async () => {
    await anna.evaluate(() => window.page.stopSound());
    await expect.poll(() => anna.evaluate(() => window.page.soundState()), PATIENT).toBe('running');
    await hears(anna);
  });
});

describe('the limiter', () => {
  it('leaves what is not too loud as it is', async () => {
    for (const db of [-40, -20, -10]) {
      const amplitude = 10 ** (db / 20);
      const { rms } = await anna.evaluate((value) => window.page.limited(value), amplitude);
      expect(Math.abs(decibels(rms / (amplitude * Math.SQRT1_2)))).toBeLessThan(0.2);
    }
  });

  it('keeps many voices at once from clipping', async () => {
    const { peak } = await anna.evaluate(() => window.page.limited(4));
    expect(peak).toBeLessThan(1);
  });
});
