import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openToneBrowser, type ToneBrowser } from './harness/tone-browser.ts';
import { type PageServer, servePage } from './page-server.ts';

let server: PageServer;
let browser: ToneBrowser;
let page: Page;

beforeAll(async () => {
  server = await servePage(join(import.meta.dirname, 'negotiation-page.ts'));
  browser = await openToneBrowser(440, 0.25);
  page = await browser.browser.newPage();
  page.on('pageerror', (error) => console.error('page:', error));
  await page.goto(server.url);
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** Four seeds at a time, on one page. */
async function run(first: number, trouble: { delayMs: number; twice: number; lost: number }) {
  const seeds = [first, first + 1, first + 2, first + 3];
  const found = await page.evaluate(
    ([numbers, line]) => Promise.all(numbers.map((seed) => window.negotiation.run(seed, 40, line))),
    [seeds, trouble] as const,
  );
  return Object.fromEntries(seeds.map((seed, index) => [seed, found[index]]));
}
const nothingOf = (first: number) =>
  Object.fromEntries([first, first + 1, first + 2, first + 3].map((seed) => [seed, []]));

it.each([
  ['on a quick line', 1, { delayMs: 5, twice: 0, lost: 0 }],
  ['on a slow line', 11, { delayMs: 150, twice: 0, lost: 0 }],
  ['where descriptions come twice', 21, { delayMs: 80, twice: 0.4, lost: 0 }],
  ['where descriptions get lost', 31, { delayMs: 40, twice: 0.1, lost: 0.15 }],
])(
  'two who change at random what they send agree in the end: %s',
  async (_, first, trouble) => {
    expect(await run(first, trouble)).toEqual(nothingOf(first));
  },
  120_000,
);
