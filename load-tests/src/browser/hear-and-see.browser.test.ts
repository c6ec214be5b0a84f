import { loudnessAt } from '@chatmux/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RunningWorld } from './harness/running-world.ts';
import { Visitor, waitFor } from './harness/visitor.ts';

/** Metres at which the level is measured, after one look close by; and one beyond the edge. */
const DISTANCES = [4.5, 6, 7.5, 9, 10.5, 12];
/** How near to such a distance is near enough: what counts is the distance that was reached. */
const NEAR_ENOUGH = 0.6;
const BEYOND = 20;
/** Joining takes its time where the machine is busy. */
const PATIENCE_MS = 60_000;
const decibels = (ratio: number) => 20 * Math.log10(ratio);

describe.each([
  ['through the SFU', 'auto', 'sfu'],
  ['directly', 'direct', 'direct'],
])('two people talk %s', (way, media, mode) => {
  let world: RunningWorld;
  let ada: Visitor;
  let lin: Visitor;

  beforeAll(async () => {
    world = await RunningWorld.start({ MEDIA: media });
    ada = await Visitor.enter(world.url, { name: 'Ada', tone: 440, mic: true, cam: true });
    lin = await Visitor.enter(world.url, { name: 'Lin', tone: 880, mic: true, cam: true });
  });
  afterAll(async () => {
    await Promise.all([ada?.close(), lin?.close()]);
    await world?.stop();
  });

  it('they hear and see each other as soon as they meet', async () => {
    for (const person of [ada, lin]) {
      await waitFor(async () => (await person.level()) > 0.01, `${person.name} hears the other`, PATIENCE_MS);
      // While a busy page takes its time to reach the media server, people speak directly.
      await waitFor(
        async () => (await person.voice())?.mode === mode,
        `${person.name} hears ${way}`,
        PATIENCE_MS,
      );
      await waitFor(
        async () => ((await person.received())?.video?.framesDecoded ?? 0) > 5,
        `${person.name} sees`,
      );
      await person.page.getByRole('list', { name: 'Faces near you' }).locator('video').nth(1).waitFor();
    }
  });

  it('the level heard follows the curve within 1.5 dB, both ways, at every distance', async () => {
    await lin.page.getByRole('button', { name: /People/ }).click();
    await lin.page.getByRole('button', { name: 'Walk to Ada' }).click();
    await lin.page.keyboard.press('Escape');
    await waitFor(async () => (await lin.distance()) < 2, 'Lin walks up to Ada', PATIENCE_MS);
    const close = await measure();
    for (const metres of DISTANCES) {
      await keepDistance(metres);
      const now = await measure();
      for (const who of ['ada', 'lin'] as const) {
        const expected = decibels(loudnessAt(now[who].distance) / loudnessAt(close[who].distance));
        const heard = decibels(now[who].level / close[who].level);
        const report = `${who} at ${now[who].distance.toFixed(2)} m hears ${heard.toFixed(2)} dB, ${expected.toFixed(2)} dB by the curve`;
        console.log(report);
        expect(Math.abs(heard - expected), report).toBeLessThan(1.5);
      }
    }
  });

  /** Lin walks along the street until about so many metres lie between them. */
  async function keepDistance(metres: number): Promise<void> {
    for (let tries = 0; tries < 12; tries++) {
      const off = (await lin.distance()) - metres;
      if (Math.abs(off) <= NEAR_ENOUGH) return;
      if (off < 0) await lin.hold('KeyW', async () => (await lin.distance()) >= metres - 0.2);
      else await lin.hold('KeyS', async () => (await lin.distance()) <= metres + 0.2);
    }
    throw new Error(`Lin can't come to stand ${metres} m away`);
  }

  /** Distance and level on both sides, once each sees the other where they stand. */
  async function measure() {
    await waitFor(
      async () => Math.abs((await ada.distance()) - (await lin.distance())) < 0.1,
      'both agree',
      PATIENCE_MS,
    );
    return {
      ada: { distance: await ada.distance(), level: await ada.level() },
      lin: { distance: await lin.distance(), level: await lin.level() },
    };
  }

  it('beyond the edge nothing is sent: no packet of sound or picture comes any more', async () => {
    await lin.hold('KeyW', async () => (await lin.distance()) >= BEYOND);
    for (const person of [ada, lin]) {
      await waitFor(
        async () => (await person.voice())?.audio?.paused !== false,
        `${person.name} hears no more`,
      );
      expect(await person.level()).toBe(0);
      await person.nothingComes(['audio', 'video']);
    }
    await waitFor(
      async () => (await lin.page.locator('.tiles video').count()) <= 1,
      'the tile of Ada is gone',
    );
  });

  it('and come back into hearing and sight', async () => {
    const before = (await ada.received())?.video?.framesDecoded ?? 0;
    await lin.hold('KeyS', async () => (await lin.distance()) <= 5);
    for (const person of [ada, lin])
      await waitFor(async () => (await person.level()) > 0.005, `${person.name} hears again`, PATIENCE_MS);
    await waitFor(
      async () => ((await ada.received())?.video?.framesDecoded ?? 0) > before + 5,
      'Ada sees again',
    );
  });

  it('none of it was against the page’s own security policy, or an error', () => {
    expect([...ada.complaints, ...lin.complaints]).toEqual([]);
  });
});
