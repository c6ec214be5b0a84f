import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CAMERA } from '../../../client/src/media/send-quality.ts';
import { SfuRoom } from './harness/sfu-room.ts';
import { ANNA, all, BEN, enter, type MediaBrowser, openMediaBrowser, plan, received } from './media-pages.ts';

const EPOCH = 7;
const CARL = 3;
/** The agreement has to last for five seconds. */
const PATIENT = { timeout: 30_000 };

describe('two who prefer VP9', () => {
  let room: SfuRoom;
  let browser: MediaBrowser;
  let anna: Page;
  let ben: Page;

  beforeAll(async () => {
    room = await SfuRoom.start(EPOCH);
    browser = await openMediaBrowser();
    [anna, ben] = [await browser.openPage(), await browser.openPage()];
    for (const [page, id] of [
      [anna, ANNA],
      [ben, BEN],
    ] as const) {
      await room.serve(page, id);
      await page.evaluate(() => {
        window.page.setPrefers('vp9');
        window.page.showFaces();
      });
      await enter(page, id, 'sfu', EPOCH, { cam: id === ANNA });
    }
    await see(3);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await room?.close();
  });

  /** Ben is to get this layer of Anna, of whom somebody may want more. */
  async function see(layer: 1 | 2 | 3, seenBy: 1 | 2 | 3 = 3): Promise<void> {
    room.want([
      { session: String(ANNA), wants: [{ from: String(BEN), audio: true, video: 0, screen: 0 }] },
      { session: String(BEN), wants: [{ from: String(ANNA), audio: true, video: layer, screen: 0 }] },
    ]);
    await plan(anna, EPOCH, [all(BEN, { video: 0, seenBy })]);
    await plan(ben, EPOCH, [all(ANNA, { seenBy: 0 })]);
  }
  const codec = async () => (await received(ben)).codec;
  const width = async () => (await received(ben)).width;
  /** How often Ben's picture of Anna went or was black, and how many he was shown. */
  const sight = () =>
    ben.evaluate((id) => {
      const { gone, blank } = window.page.seen();
      return { lost: gone + blank, pictures: window.page.picturesOf(id) };
    }, ANNA);

  it('see each other in it, in full', async () => {
    await expect.poll(codec, PATIENT).toBe('VP9');
    await expect.poll(width, PATIENT).toBe(CAMERA.width);
  });

  it('get the lower layers of it where less is of use', async () => {
    await see(1);
    await expect.poll(width, PATIENT).toBe(CAMERA.width / 4);
    await see(2);
    await expect.poll(width, PATIENT).toBe(CAMERA.width / 2);
  });

  it('make the lower layers alone where nobody wants more, and the upper ones again', async () => {
    await see(3, 1);
    await expect.poll(width, PATIENT).toBe(CAMERA.width / 4);
    await see(3);
    await expect.poll(width, PATIENT).toBe(CAMERA.width);
  });

  it('go to VP8 for a third who does not prefer it and back when that one is gone, without losing sight of her', async () => {
    const before = await sight();
    const carl = await browser.openPage();
    await room.serve(carl, CARL);
    await enter(carl, CARL, 'sfu', EPOCH, { cam: false });
    await plan(carl, EPOCH, [all(ANNA, { seenBy: 0 })]);
    const wants = [{ from: String(ANNA), audio: true, video: 3 as const, screen: 0 as const }];
    room.want([
      { session: String(BEN), wants },
      { session: String(CARL), wants },
    ]);
    for (const page of [ben, carl])
      await expect.poll(async () => (await received(page)).codec, PATIENT).toBe('VP8');
    await carl.close();
    room.client.closeSession('room', String(CARL));
    await see(3);
    await expect.poll(codec, PATIENT).toBe('VP9');
    await expect.poll(width, PATIENT).toBe(CAMERA.width);
    const after = await sight();
    expect(after.lost).toBe(before.lost);
    // What is drawn goes on in either codec.
    await expect.poll(async () => (await sight()).pictures).toBeGreaterThan(after.pictures);
  });

  it('see each other in VP8 where a browser that says it makes layers makes none', async () => {
    await anna.evaluate(() => {
      const { getParameters } = RTCRtpSender.prototype;
      RTCRtpSender.prototype.getParameters = function () {
        const parameters = getParameters.call(this);
        // What a browser does that doesn't know the word.
        for (const encoding of parameters.encodings) Reflect.deleteProperty(encoding, 'scalabilityMode');
        return parameters;
      };
    });
    await anna.evaluate(() => window.page.setCam(false));
    await expect.poll(() => ben.evaluate(() => window.page.seen().videos.length), PATIENT).toBe(0);
    await anna.evaluate(() => window.page.setCam(true));
    await expect.poll(codec, PATIENT).toBe('VP8');
    await expect.poll(width, PATIENT).toBe(CAMERA.width);
  });
});
