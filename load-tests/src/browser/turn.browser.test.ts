import type { Signal } from '@chatmux/schema';
import type { Page } from 'playwright-core';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { turnServer } from '../../../game-server/src/rooms/turn-credentials.ts';
import { SfuRoom } from './harness/sfu-room.ts';
import { startTurnServer, type TurnServer } from './harness/turn-server.ts';
import {
  ANNA,
  all,
  BEN,
  enter,
  hears,
  type MediaBrowser,
  openMediaBrowser,
  plan,
  planDirect,
  relay,
} from './media-pages.ts';

const EPOCH = 7;
const closers: (() => unknown)[] = [];
const PATIENT = { timeout: 20_000 };
let turn: TurnServer;
let browser: MediaBrowser;

beforeAll(async () => {
  turn = await startTurnServer();
  browser = await openMediaBrowser();
  return async () => {
    await browser.close();
    await turn.close();
  };
}, 60_000);

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** Credentials as the room gives them to a session. */
const serversFor = (session: string, ttlSeconds = 600, secret = turn.secret) => [
  turnServer({ urls: [turn.url], secret, ttlSeconds }, session, Date.now()),
];

/** A page whose media can go over the TURN server alone. */
async function openRelayed(): Promise<Page> {
  const page = await browser.openPage('?relay-only');
  closers.push(() => page.close());
  return page;
}

/** Kinds of the candidates by which the page's open connections go, ours and theirs. */
const pairs = (page: Page) => page.evaluate(() => window.page.pairs());

async function direct(iceServers: (session: string) => ReturnType<typeof serversFor>): Promise<[Page, Page]> {
  const [anna, ben] = [await openRelayed(), await openRelayed()];
  await Promise.all([relay(anna, ANNA, () => ben), relay(ben, BEN, () => anna)]);
  await Promise.all([
    enter(anna, ANNA, 'direct', EPOCH, { cam: false, iceServers: iceServers('1.1') }),
    enter(ben, BEN, 'direct', EPOCH, { cam: false, iceServers: iceServers('2.1') }),
  ]);
  await Promise.all([planDirect(anna, EPOCH, [all(BEN)]), planDirect(ben, EPOCH, [all(ANNA)])]);
  return [anna, ben];
}

it('two browsers hear each other through the TURN server alone', async () => {
  const [anna, ben] = await direct(serversFor);
  await Promise.all([hears(anna), hears(ben)]);
  await expect.poll(() => pairs(anna), PATIENT).toEqual(['relay relay']);
  expect(turn.lines.some((line) => line.includes(':1.1>'))).toBe(true);
});

it('where addresses are hidden, neither of the two learns another address than the TURN server’s', async () => {
  const [anna, ben] = [await browser.openPage(), await browser.openPage()];
  closers.push(
    () => anna.close(),
    () => ben.close(),
  );
  const ways: string[] = [];
  const heed = ({ description, candidate }: Pick<Signal, 'description' | 'candidate'>) => {
    if (candidate) ways.push(candidate.candidate);
    ways.push(...(description?.sdp.match(/^a=candidate:.*$/gm) ?? []));
    ways.push(...(description?.sdp.match(/^c=IN .*$/gm) ?? []));
  };
  await Promise.all([relay(anna, ANNA, () => ben, heed), relay(ben, BEN, () => anna, heed)]);
  const hidden = (session: string) => ({ cam: false, iceServers: serversFor(session), relayOnly: true });
  await Promise.all([
    enter(anna, ANNA, 'direct', EPOCH, hidden('1.1')),
    enter(ben, BEN, 'direct', EPOCH, hidden('2.1')),
  ]);
  await Promise.all([planDirect(anna, EPOCH, [all(BEN)]), planDirect(ben, EPOCH, [all(ANNA)])]);
  await Promise.all([hears(anna), hears(ben)]);
  await expect.poll(() => pairs(anna), PATIENT).toEqual(['relay relay']);
  const isHidden = (way: string) =>
    way.startsWith('c=')
      ? / (0\.0\.0\.0|127\.0\.0\.1)$/.test(way.trim())
      : / typ relay raddr 0\.0\.0\.0 /.test(way);
  expect(ways.length).toBeGreaterThan(3);
  expect(ways.filter((way) => way !== '' && !isHidden(way))).toEqual([]);
});

it.each([
  ['that have ended', () => serversFor('1.1', -600)],
  ['made with another secret', () => serversFor('1.1', 600, 'not the secret of this server')],
])('credentials %s open nothing', async (_what, servers) => {
  const [anna] = await direct(servers);
  // Wait for the server's own word: silence alone would pass too soon.
  const before = turn.lines.length;
  await expect
    .poll(
      () => turn.lines.slice(before).some((line) => /401|Unauthorized|incoming packet/i.test(line)),
      PATIENT,
    )
    .toBe(true);
  await new Promise((resolve) => setTimeout(resolve, 2000));
  expect(await pairs(anna)).toEqual([]);
});

/** Two pages in a room with a media server. */
async function throughServer(
  iceServers: (session: string) => ReturnType<typeof serversFor>,
): Promise<Page[]> {
  const room = await SfuRoom.start(EPOCH);
  closers.push(() => room.close());
  const pages = [await openRelayed(), await openRelayed()];
  for (const [index, page] of pages.entries()) {
    const id = index + 1;
    await room.serve(page, id);
    await enter(page, id, 'sfu', EPOCH, { cam: false, iceServers: iceServers(`${id}.1`) });
    await plan(page, EPOCH, [all(id === ANNA ? BEN : ANNA)]);
  }
  room.wantAll();
  return pages;
}

const reach = (page: Page | undefined) => page?.evaluate(() => window.page.seen().reach);

it('a browser reaches the media server through the TURN server alone', async () => {
  const [anna, ben] = await throughServer(serversFor);
  if (!anna || !ben) throw new Error('two pages were opened');
  await Promise.all([hears(anna), hears(ben)]);
  // One connection to send by and one to receive by; the server's own address is no relayed one.
  await expect.poll(() => pairs(anna), PATIENT).toEqual(['relay host', 'relay host']);
  expect(await reach(anna)).not.toContain(false);
});

it('a browser that can’t reach the media server says so', async () => {
  // Relayed alone, and nobody to relay: as where everything but the web is blocked.
  const [anna] = await throughServer(() => []);
  await expect.poll(() => reach(anna), PATIENT).toContain(false);
  expect(await reach(anna)).not.toContain(true);
});
