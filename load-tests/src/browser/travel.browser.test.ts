import type { WorldMap } from '@chatmux/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RunningWorld } from './harness/running-world.ts';
import { Visitor, waitFor } from './harness/visitor.ts';
import { mapOf, walkTo } from './harness/walk-to.ts';

const hash = (visitor: Visitor) => visitor.page.evaluate(() => location.hash);
/** Walks into a portal, and lets the keys go as soon as the way begins. */
async function step(visitor: Visitor, map: WorldMap, portal: { x: number; z: number }): Promise<void> {
  const before = await hash(visitor);
  const veil = visitor.page.locator('.travel-veil[data-on="true"]');
  await walkTo(
    visitor,
    map,
    portal,
    async () => (await veil.count()) > 0 || (await hash(visitor)) !== before,
  );
}
const heading = (visitor: Visitor) => visitor.page.getByRole('heading', { level: 1 });
const mapPortal = (map: WorldMap, id: string) => {
  const zone = map.zones.find((one) => one.id === id);
  if (zone?.kind !== 'portal') throw new Error(`${map.id} has no portal ${id}`);
  return zone;
};

describe.each([
  ['through the SFU', 'auto', 'sfu'],
  ['directly', 'direct', 'direct'],
])('two people who talk %s travel', (_way, media, mode) => {
  let world: RunningWorld;
  let plaza: WorldMap;
  let beach: WorldMap;
  let ada: Visitor;
  let lin: Visitor;

  beforeAll(async () => {
    world = await RunningWorld.start({ MEDIA: media });
    plaza = await mapOf(world, 'plaza');
    beach = await mapOf(world, 'beach');
    ada = await Visitor.enter(world.url, { name: 'Ada', tone: 440, mic: true });
    lin = await Visitor.enter(world.url, { name: 'Lin', tone: 880, mic: true });
  });
  afterAll(async () => {
    await Promise.all([ada?.close(), lin?.close()]);
    await world?.stop();
  });

  async function hearEachOther(): Promise<void> {
    for (const person of [ada, lin]) {
      await waitFor(async () => (await person.level()) > 0.005, `${person.name} hears the other`);
      expect((await person.voice())?.mode).toBe(mode);
    }
  }

  it('they hear each other in the square, which the address names', async () => {
    await hearEachOther();
    expect(await hash(ada)).toBe('#/plaza');
    expect(await heading(ada).textContent()).toBe(plaza.name);
  });

  it('one walks into the portal, and stands on the beach with the microphone on', async () => {
    const portal = mapPortal(plaza, 'to-the-beach');
    await step(ada, plaza, portal);
    await waitFor(async () => (await hash(ada)) === '#/beach', 'Ada comes to the beach');
    await ada.inside();
    expect(await heading(ada).textContent()).toBe(beach.name);
    expect(await ada.page.title()).toContain(beach.name);
    // In front of the portal, give or take some steps made with a key that was let go late.
    const { arrive } = mapPortal(beach, portal.to.portal ?? '');
    const me = await ada.page.evaluate(() => window.chatmux.me());
    expect(Math.hypot((me?.x ?? 0) - arrive.x, (me?.z ?? 0) - arrive.z)).toBeLessThan(8);
    await ada.page.getByRole('button', { name: 'Turn microphone off' }).waitFor();
    // Nobody is left behind in the square, and nothing of it is heard.
    await waitFor(
      async () => lin.page.evaluate(() => Object.keys(window.chatmux.others()).length === 0),
      'Lin sees nobody any more',
    );
    await waitFor(async () => !(await lin.voice()), 'Lin hears nobody any more');
    expect(await ada.voice()).toBeUndefined();
    await waitFor(
      async () =>
        ada.page.evaluate(() => {
          const veil = document.querySelector('.travel-veil');
          return veil !== null && getComputedStyle(veil).visibility === 'hidden';
        }),
      'the veil is open',
    );
  });

  it('the other follows by the address, and they hear each other there', async () => {
    await lin.page.evaluate(() => {
      location.hash = '#/beach';
    });
    await waitFor(async () => (await heading(lin).textContent()) === beach.name, 'Lin comes to the beach');
    await lin.inside();
    await waitFor(async () => (await lin.distance()) < 12, 'they see each other');
    await hearEachOther();
  });

  it('a page that is loaded anew enters where its address says', async () => {
    await lin.page.reload();
    await lin.page.getByRole('button', { name: 'Enter', exact: true }).click();
    await lin.inside();
    expect(await hash(lin)).toBe('#/beach');
    expect(await heading(lin).textContent()).toBe(beach.name);
  });

  it('an address that names nothing says so, and changes nothing', async () => {
    for (const [bad, words] of [
      ['#/no/such/place', /names no place/],
      ['#/moon', /no such world/],
    ] as const) {
      await ada.page.evaluate((to) => {
        location.hash = to;
      }, bad);
      await ada.page.locator('.toast').filter({ hasText: words }).waitFor();
      await waitFor(async () => (await hash(ada)) === '#/beach', 'the address is put right');
    }
    expect(await heading(ada).textContent()).toBe(beach.name);
  });

  it('and the portal of the beach leads back', async () => {
    const portal = mapPortal(beach, 'to-the-square');
    await step(ada, beach, portal);
    await waitFor(async () => (await hash(ada)) === '#/plaza', 'Ada comes back to the square');
    await ada.inside();
    expect(await heading(ada).textContent()).toBe(plaza.name);
  });

  it('none of it was an error', () => {
    // A world that is not there is answered with 404, which browsers note by themselves.
    const own = [...ada.complaints, ...lin.complaints].filter((words) => !/status of 404/.test(words));
    expect(own).toEqual([]);
  });
});
