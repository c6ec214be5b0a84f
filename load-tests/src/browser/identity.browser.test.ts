import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
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
/** Passkeys are for names. */
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

async function atTheDoor(name: string, options: Partial<VisitorOptions> = ROOMY) {
  const visitor = await Visitor.open(url, { name, ...options });
  open.push(visitor);
  const device = await PasskeyDevice.of(visitor.page);
  return { visitor, page: visitor.page, device };
}

const you = (page: Page) => page.getByRole('dialog', { name: 'You' });
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

/** Makes an identity at the door. @returns the recovery codes */
async function become(page: Page, name: string): Promise<string[]> {
  await page.getByRole('textbox', { name: 'Your name' }).fill(name);
  await button(page, 'Sign in').click();
  await button(page, `Become ${name}`).press('Enter');
  const codes = page.getByRole('region', { name: 'Your recovery codes' });
  await codes.waitFor();
  return codes.getByRole('listitem').allTextContents();
}

async function enter(page: Page): Promise<void> {
  await button(page, 'Enter').click();
  await page.waitForFunction(() => window.chatmux.me() !== undefined && document.querySelector('canvas'));
}

describe('with a passkey', () => {
  it('one is oneself on another device, by keyboard alone, and signs out of either', async () => {
    const { visitor, page, device } = await atTheDoor('Ada');
    const codes = await become(page, 'Ada');
    expect(new Set(codes).size).toBe(8);
    expect(await axeViolations(page), 'with new codes').toEqual([]);
    await button(page, 'I have kept them').press('Enter');
    await you(page).getByText('signed in', { exact: true }).waitFor();
    expect(await axeViolations(page), 'signed in').toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByText('You are signed in.').waitFor();
    expect(await button(page, 'Your identity').evaluate((one) => one === document.activeElement)).toBe(true);

    const phone = await atTheDoor('Phone', PHONE);
    await device.copyTo(phone.device);
    await button(phone.page, 'Sign in').click();
    expect(await axeViolations(phone.page), 'as a guest, on a phone').toEqual([]);
    await button(phone.page, 'Sign in with a passkey').click();
    await you(phone.page).getByText('signed in', { exact: true }).waitFor();
    expect(await phone.page.getByRole('textbox', { name: 'Your name' }).inputValue()).toBe('Ada');
    expect(await axeViolations(phone.page), 'signed in, on a phone').toEqual([]);
    const there = you(phone.page).getByRole('button', { name: /^Sign out of / });
    await there.click();
    await there.waitFor({ state: 'detached' });

    // The laptop hears of it the next time it asks.
    await page.reload();
    await page.getByText('You come as a guest.').waitFor();
    expect([...visitor.complaints, ...phone.visitor.complaints]).toEqual([]);
  });

  it('one signs in and out in the world, and stays where one is', async () => {
    const { page, visitor } = await atTheDoor('Lin');
    await become(page, 'Lin');
    await button(page, 'I have kept them').click();
    await button(page, 'Close').click();
    await enter(page);
    const me = await page.evaluate(() => window.chatmux.me()?.x);
    await page.keyboard.press('o');
    await page.getByRole('tab', { name: 'You' }).click();
    await page.getByRole('textbox', { name: 'Pronouns' }).fill('she/her');
    await page.getByRole('textbox', { name: /^A line about you/ }).fill('Looking for tea');
    await button(page, 'Save').press('Enter');
    await button(page, 'Saved').waitFor();
    const guest = await atTheDoor('Max');
    await guest.page.getByRole('textbox', { name: 'Your name' }).fill('Max');
    await enter(guest.page);
    await guest.page.getByText('she/her').waitFor();
    await button(guest.page, 'More about Lin').click();
    await guest.page.getByText('Looking for tea').waitFor();
    expect(await axeViolations(guest.page), 'about somebody').toEqual([]);
    await button(page, 'Sign out').click();
    await button(page, 'Sign in with a passkey').waitFor();
    await guest.page.getByText('Looking for tea').waitFor({ state: 'detached' });
    expect(await axeViolations(page), 'the settings of a guest').toEqual([]);
    await button(page, 'Sign in with a passkey').click();
    await button(page, 'Sign out').waitFor();
    expect(await axeViolations(page), 'the settings of somebody').toEqual([]);
    expect(await page.evaluate(() => window.chatmux.me()?.x)).toBe(me);
    expect(visitor.complaints).toEqual([]);
  });

  it('one is one person in several tabs, to oneself and to others', async () => {
    const { page, visitor, device } = await atTheDoor('Ida');
    await become(page, 'Ida');
    await button(page, 'I have kept them').click();
    await button(page, 'Close').click();
    await enter(page);
    const other = await atTheDoor('Other');
    await other.page.getByRole('textbox', { name: 'Your name' }).fill('Other');
    await enter(other.page);
    await other.page.getByText('Here (2)').first().waitFor();

    const phone = await atTheDoor('Phone', PHONE);
    await device.copyTo(phone.device);
    await phone.page.getByRole('textbox', { name: 'Your name' }).fill('Phone');
    await enter(phone.page);
    await other.page.getByText('Here (3)').first().waitFor();
    await phone.page.evaluate(() => {
      // As the key would: a phone has none.
      dispatchEvent(new KeyboardEvent('keydown', { key: 'o', code: 'KeyO' }));
    });
    await phone.page.getByRole('tab', { name: 'You' }).click();
    await button(phone.page, 'Sign in with a passkey').click();
    await button(phone.page, 'Sign out').first().waitFor();
    // Now it is the same person twice, by the same name.
    await other.page.getByText('Here (2)').first().waitFor();
    await page.getByText('you, in another tab or on another device').waitFor();
    expect(await button(page, 'Walk to Ida').count()).toBe(0);
    expect(await axeViolations(page), 'with another device of ours').toEqual([]);

    // Signed out from afar, this page hears of it where it stands.
    const sessions = phone.page.getByRole('region', { name: 'Where you are signed in' });
    await sessions.getByRole('button', { name: /^Sign out of / }).click();
    await other.page.getByText('Here (3)').first().waitFor();
    await page.keyboard.press('o');
    await page.getByRole('tab', { name: 'You' }).click();
    await button(page, 'Sign in with a passkey').waitFor();
    for (const one of [visitor, other.visitor, phone.visitor]) expect(one.complaints).toEqual([]);
  });

  it('one keeps a second one, and never loses the last', async () => {
    const { page } = await atTheDoor('Mo');
    await become(page, 'Mo');
    await button(page, 'I have kept them').click();
    const passkeys = page.getByRole('region', { name: 'Passkeys' });
    expect(await passkeys.getByRole('button', { name: /^Remove/ }).count()).toBe(0);
    // A device that has one of ours makes no second one.
    await button(page, 'Add a passkey to this device').click();
    await page.getByText('This device has a passkey of yours already.').waitFor();
    await PasskeyDevice.of(page, 'usb');
    await button(page, 'Add a passkey to this device').click();
    const remove = passkeys.getByRole('button', { name: /^Remove the passkey/ });
    await remove.first().press('Enter');
    expect(await axeViolations(page), 'asked whether to remove it').toEqual([]);
    await button(page, 'Keep it').press('Enter');
    expect(await remove.first().evaluate((one) => one === document.activeElement)).toBe(true);
    await remove.first().press('Enter');
    await button(page, 'Remove it').press('Enter');
    await you(page).getByRole('status').getByText('That passkey does not sign you in any more.').waitFor();
    // The focus went with the row it was in; it waits where the keyboard goes on from.
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('account');
    await expect.poll(() => passkeys.getByRole('listitem').count()).toBe(1);
    expect(await passkeys.getByRole('button', { name: /^Remove/ }).count()).toBe(0);
  });
});

it('without one at hand a recovery code signs in, once', async () => {
  const { page } = await atTheDoor('Sol');
  const [code = ''] = await become(page, 'Sol');
  await button(page, 'I have kept them').click();
  const lost = await atTheDoor('Lost');
  const recover = async () => {
    await lost.page.getByText('No passkey at hand?').click();
    await lost.page.getByRole('textbox', { name: 'One of your recovery codes' }).fill(code.toLowerCase());
    await lost.page.keyboard.press('Enter');
  };
  await button(lost.page, 'Sign in').click();
  await recover();
  await you(lost.page).getByText('7 have not been used.').waitFor();
  await button(lost.page, 'Sign out').first().click();
  await recover();
  await lost.page.getByText('This recovery code is not known, or was used already.').waitFor();
  expect(await axeViolations(lost.page), 'with a refused code').toEqual([]);
});

it('what can’t be undone asks for the passkey again, some time after one signed in', async () => {
  const { page, device } = await atTheDoor('Noor');
  await become(page, 'Noor');
  await button(page, 'I have kept them').click();
  // An hour ago, as far as the server knows.
  const database = new DatabaseSync(join(world.folder, 'chatmux.sqlite'));
  database.prepare('update sessions set confirmed_at = confirmed_at - 3600000').run();
  database.close();

  await button(page, 'Make new ones').press('Enter');
  await button(page, 'Keep those I have').press('Enter');
  expect(await button(page, 'Make new ones').evaluate((one) => one === document.activeElement)).toBe(true);
  await device.setUnlocks(false);
  await button(page, 'Make new ones').press('Enter');
  await button(page, 'Make new codes').press('Enter');
  await you(page).getByRole('alert').getByText('This needs a passkey of yours.').waitFor();
  await device.setUnlocks(true);
  await button(page, 'Make new codes').press('Enter');
  const codes = page.getByRole('region', { name: 'Your recovery codes' });
  await codes.waitFor();
  expect(await codes.getByRole('listitem').count()).toBe(8);
});

it('who calls it off stays a guest, and is told so', async () => {
  const { page, device } = await atTheDoor('Ravi');
  await device.setUnlocks(false);
  await page.getByRole('textbox', { name: 'Your name' }).fill('Ravi');
  await button(page, 'Sign in').click();
  await button(page, 'Become Ravi').click();
  await you(page).getByRole('alert').getByText('Nothing was done').waitFor();
  await button(page, 'Close').click();
  await page.getByText('You come as a guest.').waitFor();
});

it('at a number instead of a name, the way to one is shown', async () => {
  const visitor = await Visitor.open(world.url, { name: 'Kim', ...ROOMY });
  open.push(visitor);
  const { page } = visitor;
  await button(page, 'Sign in').click();
  const better = page.getByRole('link', { name: 'Open this page at localhost' });
  expect(await better.getAttribute('href')).toContain(`http://localhost:${world.port}/`);
  expect(await button(page, 'Sign in with a passkey').count()).toBe(0);
  expect(await axeViolations(page)).toEqual([]);
});

it('what belongs to an identity can be taken along, and is gone once it is deleted', async () => {
  const { page, visitor } = await atTheDoor('Una');
  await become(page, 'Una');
  await button(page, 'I have kept them').click();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download it' }).click();
  const stream = await (await download).createReadStream();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  const kept = JSON.parse(Buffer.concat(chunks).toString()) as { account: { name: string } };
  expect(kept.account.name).toBe('Una');

  await button(page, 'Delete my identity').press('Enter');
  expect(await button(page, 'Keep it').evaluate((one) => one === document.activeElement)).toBe(true);
  expect(await axeViolations(page), 'asked whether to delete').toEqual([]);
  await button(page, 'Delete it for good').press('Enter');
  await button(page, 'Sign in with a passkey').waitFor();
  await button(page, 'Sign in with a passkey').click();
  await page.getByText(/^This passkey belongs to nobody here/).waitFor();
  expect(visitor.complaints.filter((one) => !one.includes('404'))).toEqual([]);
});
