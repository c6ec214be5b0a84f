import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { GithubServer } from '../../../game-server/src/testing/github-server.ts';
import { axeViolations } from './harness/axe-violations.ts';
import { PasskeyDevice } from './harness/passkey-device.ts';
import { RunningWorld } from './harness/running-world.ts';
import { Visitor, type VisitorOptions } from './harness/visitor.ts';

const ROOMY = { maxFps: 4, context: { viewport: { width: 1100, height: 760 } } };
const PHONE = {
  maxFps: 4,
  context: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
};

let github: GithubServer;
let world: RunningWorld;
let url: string;
const open: Visitor[] = [];

beforeAll(async () => {
  github = await GithubServer.start();
  world = await RunningWorld.start({ MEDIA: 'direct', ...github.env });
  url = `http://localhost:${world.port}`;
});
beforeEach(() => {
  github.isDown = false;
  github.user = { id: 7, login: 'octo', name: 'Octavia' };
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((visitor) => visitor.close()));
});
afterAll(async () => {
  await world?.stop();
  await github?.stop();
});

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

async function atTheDoor(options: Partial<VisitorOptions> = ROOMY) {
  const visitor = await Visitor.open(url, { name: 'Guest', ...options });
  open.push(visitor);
  const device = await PasskeyDevice.of(visitor.page);
  await visitor.page.getByRole('textbox', { name: 'Your name' }).fill('Guest');
  return { page: visitor.page, visitor, device };
}

/** Goes to GitHub by a button. @returns the window of it */
async function goes(page: Page, name: string): Promise<Page> {
  const opened = page.waitForEvent('popup');
  await button(page, name).click();
  const popup = await opened;
  await popup.getByRole('heading', { name: 'Authorize chatMUX' }).waitFor();
  return popup;
}

async function agree(popup: Page): Promise<void> {
  await popup.getByRole('link', { name: 'Authorize' }).click();
}

describe('by GitHub', () => {
  it('a guest becomes somebody where they stand, and a guest again', async () => {
    const { page, visitor } = await atTheDoor();
    await button(page, 'Enter').click();
    await visitor.inside();
    const before = await page.evaluate(() => window.chatmux.me());
    await page.keyboard.press('o');
    await page.getByRole('tab', { name: 'You' }).click();
    expect(await axeViolations(page), 'a guest').toEqual([]);
    const popup = await goes(page, 'Sign in with GitHub');
    const closed = popup.waitForEvent('close');
    await agree(popup);
    await popup.getByText('You are signed in as Octavia.').waitFor();
    expect(await axeViolations(popup), 'back from GitHub').toEqual([]);
    await page.getByRole('region', { name: 'GitHub' }).getByText('octo', { exact: true }).waitFor();
    // It closes by itself.
    await closed;
    expect(await axeViolations(page), 'signed in').toEqual([]);
    const after = await page.evaluate(() => window.chatmux.me());
    expect([after?.x, after?.z]).toEqual([before?.x, before?.z]);
    await button(page, 'Sign out').first().click();
    await button(page, 'Sign in with GitHub').waitFor();
    expect(visitor.complaints).toEqual([]);
  });

  it('who does not agree is told so, and can try again, on a phone as well', async () => {
    const { page } = await atTheDoor(PHONE);
    await button(page, 'Sign in').click();
    const popup = await goes(page, 'Sign in with GitHub');
    await popup.getByRole('link', { name: 'Cancel' }).click();
    await popup.getByText('You called it off at GitHub.').waitFor();
    expect(await axeViolations(popup), 'called off').toEqual([]);
    github.isDown = true;
    await page.getByText('Go on in the window of GitHub.').waitFor();
    github.isDown = false;
    await button(popup, 'Try again').click();
    await agree(popup);
    await page.getByText('signed in', { exact: true }).waitFor();
  });

  it('what is not begun here, was used, or can’t be asked ends on a page that says so', async () => {
    const { page } = await atTheDoor();
    await button(page, 'Sign in').click();
    const popup = await goes(page, 'Sign in with GitHub');
    const asks = popup.url();
    github.isDown = true;
    const back = new URL(new URL(asks).searchParams.get('redirect_uri') ?? '');
    back.searchParams.set('state', new URL(asks).searchParams.get('state') ?? '');
    back.searchParams.set('code', 'any');
    await popup.goto(back.href);
    await popup.getByText('GitHub does not answer as it should.').waitFor();
    await popup.goto(back.href);
    await popup.getByText('This was used already, or took too long.').waitFor();
    await popup.goto(`${url}/sign-in/github`);
    await popup.getByText('Nothing was begun at GitHub.').waitFor();
    github.isDown = false;
    await button(popup, 'Try again').click();
    await popup.getByRole('heading', { name: 'Authorize chatMUX' }).waitFor();
    expect(await page.getByText('You come as a guest.').count()).toBeLessThanOrEqual(1);
  });

  it('is linked with a passkey, and taken off again, but never the last', async () => {
    github.user = { id: 9, login: 'nina', name: 'Nina' };
    const { page, visitor } = await atTheDoor();
    await button(page, 'Sign in').click();
    await button(page, 'Become Guest').click();
    await button(page, 'I have kept them').click();
    await agree(await goes(page, 'Link your GitHub account'));
    const section = page.getByRole('region', { name: 'GitHub' });
    await section.getByText('nina', { exact: true }).waitFor();
    expect(await axeViolations(page), 'linked').toEqual([]);
    await section.getByRole('button', { name: 'Unlink' }).click();
    await button(page, 'Unlink it').click();
    await button(page, 'Link your GitHub account').waitFor();
    await agree(await goes(page, 'Link your GitHub account'));
    await section.getByText('nina', { exact: true }).waitFor();
    await button(page, /^Remove the passkey of /).click();
    await button(page, 'Remove it').click();
    await section.getByRole('button', { name: 'Unlink' }).waitFor({ state: 'detached' });
    expect(visitor.complaints).toEqual([]);
  });
});
