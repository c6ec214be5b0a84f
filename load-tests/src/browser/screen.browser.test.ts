import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RunningWorld } from './harness/running-world.ts';
import { Visitor, waitFor } from './harness/visitor.ts';

const PATIENCE_MS = 60_000;
/** Beyond the edge at which screens end. */
const BEYOND = 20;
/** Chromium's test screen is as large as the window. */
const WINDOW = { width: 960, height: 540 };

declare global {
  interface Window {
    /** What the page shares, as the browser's own bar would end it. */
    shared: MediaStream | undefined;
  }
}

/** Keeps what is shared within reach of the test. */
async function keepShared(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const { mediaDevices } = navigator;
    const ask = mediaDevices.getDisplayMedia.bind(mediaDevices);
    mediaDevices.getDisplayMedia = async (options) => {
      window.shared = await ask(options);
      return window.shared;
    };
  });
}

const enter = (world: RunningWorld, name: string) =>
  Visitor.enter(world.url, { name, prepare: keepShared, context: { viewport: WINDOW } });
const shareButton = ({ page }: Visitor) => page.getByRole('button', { name: 'Share your screen' });
const stopButton = ({ page }: Visitor) =>
  page.getByRole('button', { name: 'Stop sharing your screen', exact: true });
const shown = ({ page }: Visitor) => page.getByRole('region', { name: 'Shared screens' });
/** Screens that stand in the world with a picture on them. */
const standing = ({ page }: Visitor) => page.locator('canvas').first().getAttribute('data-screens');

async function share(visitor: Visitor): Promise<void> {
  await shareButton(visitor).click();
  await stopButton(visitor).waitFor();
}

async function sees(visitor: Visitor, whose: string, screens: number): Promise<void> {
  await shown(visitor).getByText(`${whose}’s screen`).first().waitFor({ timeout: PATIENCE_MS });
  await waitFor(
    async () => (await standing(visitor)) === String(screens),
    `${screens} screens stand before ${visitor.name}`,
  );
}

async function seesNothing(visitor: Visitor): Promise<void> {
  // Our own screen may still be there, small.
  const theirs = shown(visitor).getByText(/’s screen$/);
  await waitFor(async () => (await theirs.count()) === 0, `no tile is left before ${visitor.name}`);
  await waitFor(async () => (await standing(visitor)) === '0', `no screen stands before ${visitor.name}`);
}

const capturedBy = ({ page }: Visitor) =>
  page.evaluate(() => window.shared?.getVideoTracks()[0]?.getSettings().width ?? 0);
const screenOf = async (visitor: Visitor) => (await visitor.received())?.screen;

describe.each([
  ['through the SFU', 'auto'],
  ['directly', 'direct'],
])('a screen is shared %s', (_way, media) => {
  let world: RunningWorld;
  let ada: Visitor;
  let lin: Visitor;
  const others: Visitor[] = [];

  beforeAll(async () => {
    world = await RunningWorld.start({ MEDIA: media });
    ada = await enter(world, 'Ada');
    lin = await enter(world, 'Lin');
  });
  afterAll(async () => {
    for (const visitor of [ada, lin, ...others]) await visitor?.close();
    await world?.stop();
  });

  it('who stands near sees it, large enough to be read, in the world and as a tile', async () => {
    await share(ada);
    await sees(lin, 'Ada', 1);
    await waitFor(async () => ((await screenOf(lin))?.framesDecoded ?? 0) > 10, 'pictures come', PATIENCE_MS);
    // As a tile it is drawn small: half of it in each direction is more than is seen.
    const captured = await capturedBy(ada);
    expect(captured).toBeGreaterThan(600);
    await waitFor(
      async () => (await screenOf(lin))?.frameWidth === captured / 2,
      'it comes small',
      PATIENCE_MS,
    );
    const tile = await shown(lin).locator('video').first().boundingBox();
    expect(tile?.width).toBeGreaterThan(250);
    // We don't see ourselves in ourselves.
    expect(await standing(ada)).toBe('0');
  });

  it('its sound comes, too, but not to who is deaf', async () => {
    const packets = async () => (await lin.received())?.screenAudio?.packetsReceived ?? 0;
    await waitFor(async () => (await packets()) > 50, 'the sound comes', PATIENCE_MS);
    await lin.page.keyboard.press('n');
    await lin.nothingComes(['screenAudio']);
    expect((await screenOf(lin))?.framesDecoded).toBeGreaterThan(10);
    await sees(lin, 'Ada', 1);
    await lin.page.keyboard.press('n');
    const before = await packets();
    await waitFor(async () => (await packets()) > before + 10, 'the sound comes back', PATIENCE_MS);
  });

  it('it fills the window, whole then, and leaves it again, by keys alone', async () => {
    const video = shown(lin).locator('video').first();
    const small = await video.boundingBox();
    await lin.page.keyboard.press('f');
    await waitFor(
      async () => ((await video.boundingBox())?.width ?? 0) > (small?.width ?? 0) * 1.5,
      'it is large',
    );
    const captured = await capturedBy(ada);
    await waitFor(async () => (await screenOf(lin))?.frameWidth === captured, 'all of it comes', PATIENCE_MS);
    await lin.page.keyboard.press('Escape');
    await waitFor(async () => (await video.boundingBox())?.width === small?.width, 'it is small again');
  });

  it('who walks away gets nothing more of it, and sees it again on coming back', async () => {
    await lin.hold('KeyW', async () => (await lin.distance()) >= BEYOND);
    await seesNothing(lin);
    await lin.nothingComes(['screen', 'screenAudio']);
    await lin.hold('KeyS', async () => (await lin.distance()) <= 8);
    await sees(lin, 'Ada', 1);
    const frames = async () => (await screenOf(lin))?.framesDecoded ?? 0;
    const before = await frames();
    await waitFor(async () => (await frames()) > before + 5, 'pictures come again', PATIENCE_MS);
    await lin.page.keyboard.press('f');
    const captured = await capturedBy(ada);
    await waitFor(async () => (await screenOf(lin))?.frameWidth === captured, 'all of it comes', PATIENCE_MS);
    await lin.page.keyboard.press('Escape');
  });

  it('it is made for a film, and for words again', async () => {
    const sent = () =>
      ada.page.evaluate(() => {
        const track = window.shared?.getVideoTracks()[0];
        return { hint: track?.contentHint, rate: track?.getSettings().frameRate };
      });
    // It rested while nobody was near.
    await waitFor(async () => (await sent()).rate === 15, 'it is captured at its pace again');
    expect((await sent()).hint).toBe('detail');
    const kind = shown(ada).getByRole('button', { name: 'Smooth motion instead of sharp text' });
    await kind.click();
    await waitFor(async () => (await sent()).rate === 30, 'it is captured twice as often');
    expect((await sent()).hint).toBe('motion');
    const frames = async () => (await screenOf(lin))?.framesDecoded ?? 0;
    const before = await frames();
    await waitFor(async () => (await frames()) > before + 10, 'pictures go on coming', PATIENCE_MS);
    await kind.click();
    await waitFor(async () => (await sent()).rate === 15, 'it is captured as before');
    expect((await sent()).hint).toBe('detail');
  });

  it('two share at once: each sees the other’s, and a third sees both', async () => {
    await share(lin);
    await sees(ada, 'Lin', 1);
    const max = await enter(world, 'Max');
    others.push(max);
    await sees(max, 'Ada', 2);
    await sees(max, 'Lin', 2);
    // One is large; a click makes it the other.
    const other = max.page.getByRole('button', { name: /^Show .* large$/ });
    const before = await other.getAttribute('aria-label');
    await other.click();
    await waitFor(async () => (await other.getAttribute('aria-label')) !== before, 'they change places');
  });

  it('it ends by the browser’s own bar, and for all at once', async () => {
    await ada.page.evaluate(() => window.shared?.getVideoTracks()[0]?.dispatchEvent(new Event('ended')));
    await shareButton(ada).waitFor();
    await seesNothing(lin);
    await lin.page.keyboard.press('c');
    await shareButton(lin).waitFor();
    await seesNothing(ada);
    for (const visitor of others) await seesNothing(visitor);
    for (const visitor of [ada, lin, ...others]) expect(visitor.complaints).toEqual([]);
  });

  it('who closes the picker hears nothing about it, and can share afterwards', async () => {
    await ada.page.evaluate(() => {
      navigator.mediaDevices.getDisplayMedia = async () => {
        await new Promise((resolve) => setTimeout(resolve, 600));
        throw new DOMException('Permission denied', 'NotAllowedError');
      };
    });
    await shareButton(ada).click();
    await ada.page.waitForFunction(() => !document.querySelector('.bar-button[data-state="starting"]'));
    expect(await ada.page.locator('.toast').count()).toBe(0);
    await shareButton(ada).waitFor();
  });
});
