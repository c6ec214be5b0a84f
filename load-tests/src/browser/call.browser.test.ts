import type { WorldMap } from '@chatmux/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allHear, carryOf, hears, hearsNothingOf } from './harness/call.ts';
import { RunningWorld } from './harness/running-world.ts';
import { Visitor, waitFor } from './harness/visitor.ts';
import { mapOf, walkTo } from './harness/walk-to.ts';

/** Few pictures: four browsers share the machine. */
const LIGHT = { mic: true, maxFps: 4, context: { viewport: { width: 420, height: 300 } } };
/** Where to walk for nobody to be near, and how far that is: a voice that is heard is kept up to 17 m. */
const AWAY = { x: -15, z: -5 };
const FAR = 20;

/** Four people, each with a tone of their own, in one call from the first word to the last. */
describe('a call of four', () => {
  let world: RunningWorld;
  let plaza: WorldMap;
  let ada: Visitor;
  let lin: Visitor;
  let kim: Visitor;
  let max: Visitor;
  let everyone: Visitor[] = [];
  /** Where Lin stood before the page was loaded anew. */
  let left: Awaited<ReturnType<typeof me>>;

  beforeAll(async () => {
    world = await RunningWorld.start();
    plaza = await mapOf(world, 'plaza');
    const tones = { Ada: 440, Lin: 660, Kim: 880, Max: 1100 };
    for (const [name, tone] of Object.entries(tones))
      everyone.push(await Visitor.enter(world.url, { name, tone, ...LIGHT }));
    [ada, lin, kim, max] = everyone as [Visitor, Visitor, Visitor, Visitor];
  }, 300_000);
  afterAll(async () => {
    await Promise.all(everyone.map((visitor) => visitor.close()));
    everyone = [];
    await world?.stop();
  });

  const zone = (id: string) => {
    const found = plaza.zones.find((one) => one.id === id);
    if (!found) throw new Error(`the square has no ${id}`);
    return found;
  };
  const me = (visitor: Visitor) => visitor.page.evaluate(() => window.chatmux.me());
  /** Walks until so near to a place, and stands. */
  async function goTo(visitor: Visitor, to: { x: number; z: number }, within = 1.5): Promise<void> {
    await walkTo(visitor, plaza, to, async () => {
      const at = await me(visitor);
      return at !== undefined && Math.hypot(at.x - to.x, at.z - to.z) <= within;
    });
    await visitor.page.waitForFunction(() => window.chatmux.me()?.speed === 0);
  }

  it('everybody hears everybody where they arrive', async () => {
    await allHear(everyone);
  });

  it('who walks away is heard no more and hears nobody; the others go on; and comes back', async () => {
    const { x, z } = (await me(max)) ?? { x: 0, z: 0 };
    await walkTo(max, plaza, AWAY, async () => {
      const [at, others] = await Promise.all([
        me(max),
        max.page.evaluate(() => Object.values(window.chatmux.others())),
      ]);
      return at !== undefined && others.every(({ x, z }) => Math.hypot(x - at.x, z - at.z) > FAR);
    });
    for (const other of [ada, lin, kim]) await hearsNothingOf(other, max);
    await hearsNothingOf(max, ada);
    await allHear([ada, lin, kim]);
    await goTo(max, { x, z }, 3);
    await allHear(everyone);
  });

  it('a stage is heard in its whole hall, and not outside', async () => {
    await Promise.all([goTo(max, { x: -15.2, z: -15 }), goTo(lin, { x: -6.5, z: -7 })]);
    await hears(lin, max);
    await waitFor(async () => (await carryOf(lin, max)) === 'whole', 'the stage carries');
    await hearsNothingOf(ada, max);
    await hears(ada, kim);
  });

  it('a meeting room is heard within, and nothing goes through its walls', async () => {
    const { x, z } = zone('oak-room');
    await Promise.all([
      goTo(ada, { x: x - 2, z: z - 1 }),
      goTo(lin, { x: x + 2, z: z + 1 }),
      goTo(kim, zone('bell-room')),
    ]);
    await allHear([ada, lin]);
    expect(await carryOf(ada, lin)).toBe('whole');
    const [here, there] = [await me(lin), await me(kim)];
    // Near enough to be heard, were there no wall.
    expect(Math.hypot((here?.x ?? 0) - (there?.x ?? 99), (here?.z ?? 0) - (there?.z ?? 99))).toBeLessThan(12);
    await hearsNothingOf(kim, ada);
    await hearsNothingOf(lin, kim);
    // In its middle stands a table.
    await goTo(kim, { x, z }, 2.5);
    await allHear([ada, lin, kim]);
  });

  it('who mutes is heard no more, and hears', async () => {
    await ada.page.keyboard.press('m');
    await hearsNothingOf(lin, ada);
    await hearsNothingOf(kim, ada);
    await hears(ada, lin, kim);
    await ada.page.keyboard.press('m');
    await hears(lin, ada);
  });

  it('who deafens hears nobody, and is heard', async () => {
    await lin.page.keyboard.press('n');
    for (const other of [ada, kim]) await hearsNothingOf(lin, other);
    await hears(ada, lin);
    await lin.page.keyboard.press('n');
    await hears(lin, ada, kim);
  });

  it('who blocks and is blocked hear nothing of each other, and the third hears both', async () => {
    const { page } = ada;
    await page.setViewportSize({ width: 1100, height: 640 });
    await page.keyboard.press('p');
    await page.getByRole('button', { name: 'More about Lin' }).click();
    await page.getByRole('button', { name: 'Block Lin' }).press('Enter');
    await page.getByRole('button', { name: 'Block', exact: true }).press('Enter');
    await hearsNothingOf(ada, lin);
    await hearsNothingOf(lin, ada);
    await hears(kim, ada, lin);
    await page.getByRole('button', { name: 'Unblock Lin' }).press('Enter');
    await allHear([ada, lin]);
    await page.setViewportSize(LIGHT.context.viewport);
  });

  it('a page that nobody looks at goes on hearing and being heard', async () => {
    // What a browser does to it: it says so, and draws no more frames.
    await lin.page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
      Object.assign(window, { draw: window.requestAnimationFrame });
      window.requestAnimationFrame = () => 0;
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await ada.page.keyboard.press('m');
    await hearsNothingOf(lin, ada);
    await ada.page.keyboard.press('m');
    await hears(lin, ada);
    await hears(ada, lin);
    left = await me(lin);
    await lin.page.reload();
  });

  it('who reloads the page comes back to the same place and call, once', async () => {
    const { page } = lin;
    await lin.turnOn('microphone');
    await page.getByRole('button', { name: 'Enter', exact: true }).click();
    await lin.inside();
    await allHear([ada, lin, kim]);
    const names = await ada.page.evaluate(() => Object.values(window.chatmux.people()));
    expect(names.filter((name) => name === 'Lin')).toHaveLength(1);
    const at = await me(lin);
    expect(Math.hypot((left?.x ?? 99) - (at?.x ?? 0), (left?.z ?? 99) - (at?.z ?? 0))).toBeLessThan(0.5);
    for (const { name, complaints } of everyone) expect(complaints, name).toEqual([]);
  });
});
