import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeViolations } from './harness/axe-violations.ts';
import { RunningWorld } from './harness/running-world.ts';
import { Visitor, waitFor } from './harness/visitor.ts';

const TOKEN = 'operators-of-this-test';

describe('the operators’ page', () => {
  let world: RunningWorld;
  let ada: Visitor;

  beforeAll(async () => {
    world = await RunningWorld.start({ MEDIA: 'direct', ADMIN_TOKEN: TOKEN });
    ada = await Visitor.enter(world.url, { name: 'Ada' });
  }, 180_000);
  afterAll(async () => {
    await ada?.close();
    await world?.stop();
  });

  it('shows nothing for a wrong token and says so; for the right one, the world as it is', async () => {
    const page = await ada.page.context().newPage();
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(`${world.url}/admin`);
    const field = page.getByLabel('Token of the operators');
    await field.fill('not-the-token-at-all');
    await field.press('Enter');
    await expect.poll(() => page.getByRole('status').textContent()).toMatch(/token/i);
    expect(await page.locator('#shown').isVisible()).toBe(false);
    expect(await axeViolations(page)).toEqual([]);
    await field.fill(TOKEN);
    await field.press('Enter');
    await page.locator('#map').waitFor();
    await waitFor(
      async () => (await page.locator('#facts dd').first().textContent()) === '1 (0 away)',
      'Ada is counted',
    );
    await waitFor(
      async () => (await page.locator('#ticks tr').count()) > 1,
      'the histogram of ticks has rows',
    );
    const { SCREENSHOTS } = process.env;
    for (const [colorScheme, width] of [
      ['dark', 1440],
      ['light', 390],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      expect(await axeViolations(page), colorScheme).toEqual([]);
      if (SCREENSHOTS) await page.screenshot({ path: `${SCREENSHOTS}/admin-${colorScheme}.png` });
      const wider = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      expect(wider, `${width} px wide`).toBe(false);
    }
    await page.close();
  }, 120_000);
});
