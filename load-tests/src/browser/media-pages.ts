import { join } from 'node:path';
import type { MediaMessage, PlanEntry, Signal } from '@chatmux/schema';
import type { Page } from 'playwright-core';
import { openToneBrowser } from './harness/tone-browser.ts';
import { servePage } from './page-server.ts';

/** Two ids; the lower one is the polite one of a pair. */
export const ANNA = 1;
export const BEN = 2;

/**
 * A browser whose microphone is a tone of 440 Hz, and pages with nothing but media in it.
 * @param prepare done to each page before it is opened
 */
export async function openMediaBrowser(prepare?: (page: Page) => Promise<void>) {
  const server = await servePage(join(import.meta.dirname, 'media-page.ts'));
  const { browser, close } = await openToneBrowser(440, 0.25);
  return {
    /** @param query what follows the page's address */
    async openPage(query = ''): Promise<Page> {
      const page = await browser.newPage();
      await prepare?.(page);
      page.on('pageerror', (error) => console.error('page:', error));
      page.on('console', (line) => {
        if (line.type() === 'error' || line.type() === 'warning') console.info('page:', line.text());
      });
      await page.goto(`${server.url}${query}`);
      return page;
    },
    async close() {
      await close();
      await server.close();
    },
  };
}
export type MediaBrowser = Awaited<ReturnType<typeof openMediaBrowser>>;

/** Everything wanted of a person, and everything wanted by them; less by `change`. */
export const all = (id: number, change: Partial<PlanEntry> = {}): PlanEntry => ({
  id,
  audio: true,
  video: 3,
  carry: 'distance',
  heardBy: true,
  seenBy: 3,
  screen: 0,
  screenSeenBy: 0,
  ...change,
});

/** Sends a page on its way, microphone and camera on, both people a metre ahead of where it listens. */
export async function enter(
  page: Page,
  me: number,
  mode: MediaMessage['mode'],
  epoch: number,
  {
    cam = true,
    ...way
  }: { cam?: boolean; iceServers?: MediaMessage['iceServers']; relayOnly?: boolean } = {},
): Promise<void> {
  await page.evaluate(
    ([id, message, withCam]) => {
      window.page.start(id, message);
      window.page.setMic(true);
      window.page.setCam(withCam);
      window.page.place(1, 0, 1);
      window.page.place(2, 0, 1);
    },
    [me, { mode, epoch, iceServers: [], ...way } satisfies MediaMessage, cam] as const,
  );
  await page.waitForFunction(() => window.page.micState() === 'on');
}

export function plan(page: Page, epoch: number, entries: PlanEntry[]): Promise<void> {
  return page.evaluate(([of, list]) => window.page.plan(of, list), [epoch, entries] as const);
}

/** The same where everyone in the plan is connected directly. */
export async function planDirect(page: Page, epoch: number, entries: PlanEntry[]): Promise<void> {
  await page.evaluate(([of, ids]) => window.page.direct(of, ids), [
    epoch,
    entries.map(({ id }) => id),
  ] as const);
  await plan(page, epoch, entries);
}

/**
 * Carries signals to the other page, in order and with the sender's fingerprint, as the room does.
 * @param heed told of each
 */
export async function relay(
  page: Page,
  from: number,
  to: () => Page,
  heed: (signal: Pick<Signal, 'description' | 'candidate'>) => void = () => undefined,
): Promise<void> {
  let last = Promise.resolve();
  await page.exposeFunction('relay', ({ to: _to, ...signal }: Signal) => {
    heed(signal);
    last = last
      .then(async () => {
        const fingerprint = await page.evaluate(() => window.page.fingerprint());
        await to().evaluate((received) => window.page.signal(received), { ...signal, from, fingerprint });
      })
      // A page that reloads hears nothing, as one that is away.
      .catch((error: unknown) => console.info('a signal was lost:', String(error).slice(0, 80)));
  });
}

/** What came in of the one other person. */
export async function received(page: Page) {
  const [stats] = await page.evaluate(() => window.page.stats());
  return {
    packets: stats?.audio?.packetsReceived ?? 0,
    bytes: stats?.audio?.bytesReceived ?? 0,
    frames: stats?.video?.framesDecoded ?? 0,
    width: stats?.video?.frameWidth ?? 0,
    codec: stats?.video?.codec,
  };
}

/** Resolves once a number has stayed as it is for two seconds; fails by the test's own time limit if it never does. */
export async function stillFor2s(read: () => Promise<number>): Promise<number> {
  let value = await read();
  let since = Date.now();
  while (Date.now() - since < 2000) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    const now = await read();
    if (now !== value) since = Date.now();
    value = now;
  }
  return value;
}

export const hears = (page: Page) =>
  page.waitForFunction(() => window.page.inspect().some(({ level }) => level > 0.01), null, {
    timeout: 30_000,
  });
export const decibels = (ratio: number) => 20 * Math.log10(ratio);

export async function levelAt(page: Page, id: number, x: number, z: number) {
  await page.evaluate(([who, px, pz]) => window.page.place(who, px, pz), [id, x, z] as const);
  const measured = await page.evaluate((who) => window.page.measure(who), id);
  if (!measured) throw new Error('nothing was measured');
  return measured;
}
