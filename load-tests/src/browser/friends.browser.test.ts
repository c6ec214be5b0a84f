import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { axeViolations } from './harness/axe-violations.ts';
import { PasskeyDevice } from './harness/passkey-device.ts';
import { RunningWorld } from './harness/running-world.ts';
import { Visitor, type VisitorOptions } from './harness/visitor.ts';

const ROOMY = { maxFps: 4, context: { viewport: { width: 1100, height: 760 } } };
const PHONE = {
  maxFps: 4,
  context: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
};

let world: RunningWorld;
let url: string;
const open: Visitor[] = [];

beforeAll(async () => {
  world = await RunningWorld.start({ MEDIA: 'direct' });
  url = `http://localhost:${world.port}`;
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((visitor) => visitor.close()));
});
afterAll(() => world?.stop());

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const friends = (page: Page) => page.getByRole('dialog', { name: 'Friends' });

/** Makes an identity and goes in. */
async function enter(name: string, options: Partial<VisitorOptions> = ROOMY) {
  const visitor = await Visitor.open(url, { name, ...options });
  open.push(visitor);
  const { page } = visitor;
  await PasskeyDevice.of(page);
  await page.getByRole('textbox', { name: 'Your name' }).fill(name);
  await button(page, 'Sign in').click();
  await button(page, `Become ${name}`).click();
  await button(page, 'I have kept them').click();
  await button(page, 'Close').click();
  await button(page, 'Enter').click();
  await page.waitForFunction(() => window.chatmux.me() !== undefined && document.querySelector('canvas'));
  return { page, visitor };
}

describe('friends', () => {
  it('are asked in the world, answer by keyboard, and find the way to each other', async () => {
    const ada = await enter('Ada');
    const lin = await enter('Lin');
    await button(ada.page, 'More about Lin').click();
    await button(ada.page, 'Ask Lin to be friends').click();
    await button(ada.page, 'Take your request back').waitFor();
    await lin.page.getByText('Ada would like to be your friend. See Friends.').waitFor();
    await lin.page.keyboard.press('i');
    await friends(lin.page).getByText('would like to be your friend').waitFor();
    expect(await axeViolations(lin.page), 'asked').toEqual([]);
    await button(lin.page, 'Accept Ada').press('Enter');
    await friends(lin.page)
      .getByText(/^here, in /)
      .waitFor();
    await ada.page.getByText('Lin is your friend now.').waitFor();

    // To another world, and after them.
    await ada.page.evaluate(() => {
      location.hash = '#/beach';
    });
    await friends(lin.page).getByText('in Gull Beach', { exact: true }).waitFor();
    expect(await axeViolations(lin.page), 'with a friend').toEqual([]);
    await button(lin.page, 'Go there, to Ada').click();
    await friends(lin.page)
      .getByText(/^here, in /)
      .waitFor({ timeout: 20_000 });
    await ada.page.getByText('Here (2)').first().waitFor();

    await button(lin.page, 'More about Ada').press('Enter');
    await button(lin.page, 'Block Ada').press('Enter');
    expect(await axeViolations(lin.page), 'asked whether to block').toEqual([]);
    await button(lin.page, 'Block').and(lin.page.locator('[data-kind="danger"]')).press('Enter');
    await friends(lin.page).getByText('no voice, no video, nothing of each other here').waitFor();
    await ada.page.keyboard.press('i');
    await friends(ada.page).getByText('No friends yet.').waitFor();
    expect([...ada.visitor.complaints, ...lin.visitor.complaints]).toEqual([]);
  });

  it('are found by name, wait while one is away, and are asked on a phone', async () => {
    const mo = await enter('Mo Vandenberg');
    await mo.visitor.close();
    open.splice(open.indexOf(mo.visitor), 1);
    const zoe = await enter('Zoë', PHONE);
    await zoe.page.getByRole('button', { name: /^People/ }).click();
    await zoe.page.getByRole('button', { name: /^Friends/ }).click();
    const field = friends(zoe.page).getByRole('searchbox');
    await field.fill('VANDEN');
    await field.press('Enter');
    await button(zoe.page, 'Ask Mo Vandenberg to be friends').click();
    await friends(zoe.page).getByText('has not answered').waitFor();
    expect(await axeViolations(zoe.page), 'on a phone').toEqual([]);
    await field.fill('nobody at all');
    await field.press('Enter');
    await friends(zoe.page)
      .getByText(/^Nobody you could ask/)
      .waitFor();
    await button(zoe.page, 'Take back the request to Mo Vandenberg').click();
    await friends(zoe.page).getByText('has not answered').waitFor({ state: 'detached' });
    expect(zoe.visitor.complaints).toEqual([]);
  });

  it('are explained to guests', async () => {
    const visitor = await Visitor.enter(url, { name: 'Guest', ...ROOMY });
    open.push(visitor);
    await visitor.page.keyboard.press('i');
    await friends(visitor.page).getByText('With an identity you keep friends').waitFor();
    expect(await axeViolations(visitor.page), 'as a guest').toEqual([]);
  });
});
