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
const invite = (page: Page) => page.getByRole('dialog', { name: 'An invite' });
const order = (page: Page) => page.getByRole('dialog', { name: 'Keep order here' });
const inside = (page: Page) =>
  page.waitForFunction(() => window.chatmux.me() !== undefined && document.querySelector('canvas'));

/** What the server prints while nobody owns the place. */
function ownerSecret(): string {
  const line = world.lines.find((one) => one.includes('Owner link: '));
  const secret = /#\/invite\/(\S+)/.exec(line ?? '')?.[1];
  if (!secret) throw new Error(`no owner link was printed:\n${world.lines.join('\n')}`);
  return secret;
}

async function come(name: string, options: Partial<VisitorOptions> = ROOMY) {
  const visitor = await Visitor.open(url, { name, ...options });
  open.push(visitor);
  await PasskeyDevice.of(visitor.page);
  return { visitor, page: visitor.page };
}

async function enterAsGuest(name: string, options: Partial<VisitorOptions> = ROOMY) {
  const guest = await come(name, options);
  await guest.page.getByRole('textbox', { name: 'Your name' }).fill(name);
  await button(guest.page, 'Enter').click();
  return guest;
}

/** Opens an invite's link, becomes somebody there, and accepts. */
async function acceptAs(name: string, secret: string, options: Partial<VisitorOptions> = ROOMY) {
  const { page, visitor } = await come(name, options);
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#/invite/${secret}`);
  const dialog = invite(page);
  await dialog.getByText(/invite[sd]/).waitFor();
  expect(await page.evaluate(() => location.href), 'the secret left the address').not.toContain(secret);
  expect(await axeViolations(page), 'invited as a guest').toEqual([]);
  await dialog.getByRole('textbox', { name: 'Your name' }).fill(name);
  await dialog.getByRole('button', { name: `Become ${name}` }).click();
  await dialog.getByRole('button', { name: 'I have kept them' }).click();
  await dialog.getByRole('button', { name: 'Accept' }).click();
  await dialog.getByText(/^You are an? .* now\.$/).waitFor();
  expect(await axeViolations(page), 'accepted').toEqual([]);
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  return { page, visitor };
}

describe('order in a world', () => {
  it('is kept by whoever followed the owner link: they mute, put out and ban', async () => {
    const { page, visitor } = await acceptAs('Olga', ownerSecret());
    await button(page, 'Enter').click();
    await inside(page);
    const pest = await enterAsGuest('Pest');
    await inside(pest.page);
    await button(pest.page, 'Turn microphone on').click();
    await button(pest.page, 'Turn microphone off').waitFor();

    await button(page, 'More about Pest').click();
    await button(page, 'Mute for all: Pest').press('Enter');
    await pest.page.getByText('A moderator has muted you.').first().waitFor();
    await button(pest.page, 'Turn microphone on').waitFor();
    await pest.page.keyboard.press('m');
    await button(pest.page, 'Turn microphone on').waitFor();
    await page.getByText('muted by a moderator').first().waitFor();
    expect(await axeViolations(page), 'with a muted guest').toEqual([]);
    await button(page, 'Let speak: Pest').press('Enter');
    await pest.page.getByText('You may speak again.').waitFor();

    await button(page, 'Put out: Pest').press('Enter');
    await pest.page.getByText('A moderator has put you out.').waitFor();
    await button(pest.page, 'Try again').click();
    await inside(pest.page);

    await button(page, 'More about Pest').click();
    await button(page, 'Ban Pest').press('Enter');
    expect(await axeViolations(page), 'asked how long').toEqual([]);
    await button(page, 'Ban Pest: 1 day').press('Enter');
    await pest.page.getByText('You are banned from').waitFor();
    await button(pest.page, 'Try again').click();
    await pest.page.getByText('You are banned from').waitFor();

    await page.keyboard.press('u');
    await order(page).getByText('guest, banned until').waitFor();
    await order(page).getByText('What was done').click();
    await order(page).getByText('Olga banned Pest for 1 day').waitFor();
    expect(await axeViolations(page), 'keeping order').toEqual([]);
    await button(page, 'Lift the ban of Pest').press('Enter');
    await order(page).getByText('Nobody is banned or muted.').waitFor();
    await button(pest.page, 'Try again').click();
    await inside(pest.page);

    // For members alone, and one is invited.
    await order(page)
      .getByRole('switch', { name: /Members only/ })
      .click();
    await order(page).getByText('Olga let only members in').waitFor();
    const late = await enterAsGuest('Late');
    await late.page.getByText(/is for its members at the moment/).waitFor();
    expect(await axeViolations(late.page), 'not let in').toEqual([]);
    await order(page).getByText('New invite link').click();
    await button(page, 'Make the link').press('Enter');
    const link = await order(page).getByRole('textbox', { name: 'New invite link' }).inputValue();
    const member = await acceptAs('Mia', link.split('/').at(-1) ?? '', PHONE);
    await button(member.page, 'Enter').click();
    await inside(member.page);
    await page.getByText('Mia', { exact: true }).first().waitFor();

    // Who is made a moderator sees it at once, on a phone, too.
    await order(page).getByRole('combobox', { name: 'Role of Mia' }).selectOption('moderator');
    await button(member.page, /people|who is here/i)
      .first()
      .click();
    await button(member.page, 'Keep order here').click();
    await order(member.page)
      .getByRole('switch', { name: /Members only/ })
      .waitFor();
    expect(await axeViolations(member.page), 'keeping order on a phone').toEqual([]);
    const complaints = [visitor, pest.visitor, late.visitor, member.visitor].flatMap((one) => one.complaints);
    expect(complaints.filter((one) => !one.includes('403'))).toEqual([]);
  });

  it('is not for who opens a link that is over, or broken, and they are told', async () => {
    const { page } = await come('Nobody');
    for (const [secret, words] of [
      ['A'.repeat(22), 'This invite is over'],
      ['half', 'is not whole'],
    ] as const) {
      await page.evaluate((hash) => {
        location.hash = hash;
      }, `#/invite/${secret}`);
      await invite(page).getByText(words).waitFor();
      expect(await axeViolations(page), words).toEqual([]);
      await page.keyboard.press('Escape');
      await invite(page).waitFor({ state: 'detached' });
    }
  });
});
