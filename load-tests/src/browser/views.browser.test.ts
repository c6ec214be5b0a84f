import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIGHT_CAMERA } from '../../../client/src/media/send-quality.ts';
import { RunningWorld } from './harness/running-world.ts';
import { Visitor, waitFor } from './harness/visitor.ts';

const PATIENCE_MS = 60_000;
const PHONE = { width: 480, height: 320 };

/** The screen has so many dots to a pixel from now on: a tile of the same size has more lines. */
async function sharpen({ page }: Visitor, dots: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const metrics = { ...PHONE, deviceScaleFactor: dots, mobile: false };
  await session.send('Emulation.setDeviceMetricsOverride', metrics);
}

/** The page is in the background from now on, or in front again, as far as it can tell. */
const hide = ({ page }: Visitor, hidden: boolean) =>
  page.evaluate((isHidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => isHidden });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);

describe.each([
  ['through the SFU', 'auto'],
  ['directly', 'direct'],
])('a face that comes %s', (_way, media) => {
  let world: RunningWorld;
  let ada: Visitor;
  let lin: Visitor;

  beforeAll(async () => {
    world = await RunningWorld.start({ MEDIA: media });
    ada = await Visitor.enter(world.url, { name: 'Ada', mic: true, cam: true });
    lin = await Visitor.enter(world.url, { name: 'Lin', context: { viewport: PHONE } });
  });
  afterAll(async () => {
    for (const visitor of [ada, lin]) await visitor?.close();
    await world?.stop();
  });

  const video = async () => (await lin.received())?.video;
  const width = async () => (await video())?.frameWidth ?? 0;
  const frames = async () => (await video())?.framesDecoded ?? 0;
  const asked = () => lin.page.evaluate(() => window.chatmux.views()[0]?.cam);

  it('[VW1] comes small where it is drawn small, however near', async () => {
    await waitFor(
      async () => (await lin.page.evaluate(() => window.chatmux.plan()?.[0]?.video)) === 3,
      'the plan would give all of it',
      PATIENCE_MS,
    );
    await waitFor(async () => (await asked()) === 1, 'the small size is asked for', PATIENCE_MS);
    // A sender that is short of time makes its pictures smaller still.
    await waitFor(
      async () => (await width()) > 0 && (await width()) <= LIGHT_CAMERA.width / 2,
      'it comes small',
      PATIENCE_MS,
    );
  });

  it('[VW4] comes larger at once where it is drawn larger', async () => {
    const before = await width();
    await sharpen(lin, 2);
    await waitFor(async () => (await asked()) === 2, 'the middle size is asked for', PATIENCE_MS);
    await waitFor(async () => (await width()) > before, 'it comes larger', PATIENCE_MS);
    await sharpen(lin, 1);
  });

  it('[VW5] does not come to a hidden page, whose ears stay open', async () => {
    await hide(lin, true);
    await lin.nothingComes(['video']);
    const packets = async () => (await lin.received())?.audio?.packetsReceived ?? 0;
    const before = await packets();
    await waitFor(async () => (await packets()) > before + 50, 'the voice goes on', PATIENCE_MS);
    await hide(lin, false);
    const shown = await frames();
    await waitFor(async () => (await frames()) > shown + 5, 'the face is back', PATIENCE_MS);
    await lin.page.locator('.tiles video').first().waitFor({ timeout: PATIENCE_MS });
    for (const visitor of [ada, lin]) expect(visitor.complaints).toEqual([]);
  });
});
