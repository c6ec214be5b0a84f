import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { axeViolations } from './harness/axe-violations.ts';
import { RunningWorld } from './harness/running-world.ts';
import { Visitor, waitFor } from './harness/visitor.ts';

const DESKTOP = { viewport: { width: 1440, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 1 };

let world: RunningWorld;
const open: Visitor[] = [];

beforeAll(async () => {
  world = await RunningWorld.start({ MEDIA: 'direct' });
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((visitor) => visitor.close()));
});
afterAll(() => world?.stop());

async function visit(...args: Parameters<typeof Visitor.open>): Promise<Visitor> {
  const visitor = await Visitor.open(...args);
  open.push(visitor);
  return visitor;
}

describe.each([
  ['desktop', DESKTOP],
  ['phone', PHONE],
])('somebody new, on a %s', (device, context) => {
  it('finds nothing that axe objects to, in the lobby and in the world, dark and light', async () => {
    const ada = await visit(world.url, { name: 'Ada', context });
    await ada.page.getByRole('textbox', { name: 'Your name' }).fill('Ada');
    for (const colorScheme of ['dark', 'light'] as const) {
      await ada.page.evaluate((theme) => {
        document.documentElement.dataset.theme = theme;
      }, colorScheme);
      expect(await axeViolations(ada.page), `lobby, ${colorScheme}`).toEqual([]);
    }
    await ada.page.getByRole('button', { name: 'Enter', exact: true }).click();
    await ada.inside();
    expect(await axeViolations(ada.page), 'world').toEqual([]);
    for (const panel of ['Settings', 'Help', 'People']) {
      await ada.page
        .getByRole('button', { name: new RegExp(panel) })
        .first()
        .click();
      expect(await axeViolations(ada.page), `${panel} on a ${device}`).toEqual([]);
      await ada.page.keyboard.press('Escape');
    }
    const sideways = await ada.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(sideways, 'nothing to scroll sideways').toBeLessThanOrEqual(0);
    expect(ada.complaints).toEqual([]);
  });
});

it('whose devices are refused is told so in a sentence, and can enter and listen', async () => {
  const ada = await visit(world.url, { name: 'Ada', permission: 'denied', context: DESKTOP });
  await ada.page.getByRole('button', { name: 'Turn microphone on' }).click();
  await ada.page
    .getByText(/still (enter|listen)|always enter/i)
    .first()
    .waitFor();
  await ada.page.getByRole('textbox', { name: 'Your name' }).fill('Ada');
  await ada.page.getByRole('button', { name: 'Enter', exact: true }).click();
  await ada.inside();
});

it('gets in, walks and leaves by keyboard alone', async () => {
  const ada = await visit(world.url, { name: 'Ada', context: DESKTOP });
  const { page } = ada;
  await page.getByRole('textbox', { name: 'Your name' }).focus();
  await page.keyboard.type('Ada');
  await page.keyboard.press('Enter');
  await ada.inside();
  const place = () => page.evaluate(() => window.chatmux.me());
  const start = await place();
  await ada.hold('ArrowUp', async () => Math.abs(((await place())?.z ?? 0) - (start?.z ?? 0)) > 2);
  await page.keyboard.press('m');
  await page.getByRole('button', { name: 'Turn microphone off' }).waitFor();
  await page.getByRole('button', { name: 'Leave' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Your name' }).waitFor();
  await waitFor(async () => (await world.health())?.people === 0, 'the seat is free');
});

it('walks to where a click on the ground says', async () => {
  const ada = await Visitor.enter(world.url, { name: 'Ada' });
  open.push(ada);
  const place = () => ada.page.evaluate(() => window.chatmux.me());
  const start = await place();
  const walked = async () => {
    const me = await place();
    return Math.hypot((me?.x ?? 0) - (start?.x ?? 0), (me?.z ?? 0) - (start?.z ?? 0)) > 1.5;
  };
  await waitFor(
    async () => {
      // On a busy machine button down and up can lie too far apart for a click: a person would click again.
      await ada.page.mouse.click(240, 150);
      return walked();
    },
    'Ada walks',
    30_000,
    1500,
  );
});

it('is refused a name that shows nothing, beside the field, and stays in the lobby', async () => {
  const ada = await visit(world.url, { name: 'Ada', context: DESKTOP });
  await ada.page.getByRole('textbox', { name: 'Your name' }).fill('\u200b \u202e');
  await ada.page.getByRole('button', { name: 'Enter', exact: true }).click();
  await ada.page
    .getByText(/name/i)
    .and(ada.page.locator('[role=alert], [aria-live], .field-problem, .field-error'))
    .first()
    .waitFor();
  expect(await ada.page.locator('canvas').count()).toBe(0);
});
