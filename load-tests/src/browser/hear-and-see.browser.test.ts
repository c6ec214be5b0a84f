import { loudnessAt } from '@chatmux/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RunningWorld } from './harness/running-world.ts';
import { Visitor, waitFor } from './harness/visitor.ts';

/** Metres at which the level is measured, the first close by; and one beyond the edge. */
const DISTANCES = [2, 4.5, 6, 8, 10, 12];
const BEYOND = 21;
const decibels = (ratio: number) => 20 * Math.log10(ratio);

describe.each([
  ['through the SFU', 'auto', 'sfu'],
  ['directly', 'direct', 'direct'],
])('two people talk %s', (_way, media, mode) => {
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
      await waitFor(async () => (await person.level()) > 0.01, `${person.name} hears the other`);
      expect((await person.voice())?.mode).toBe(mode);
      await waitFor(
        async () => ((await person.received())?.video?.framesDecoded ?? 0) > 5,
        `${person.name} sees`,
      );
      await person.page.getByRole('list', { name: 'Faces near you' }).locator('video').nth(1).waitFor();
    }
  });

  it('the level heard follows the curve within 1.5 dB, both ways, at every distance', async () => {
    let reference: { ada: number; lin: number } | undefined;
    for (const metres of DISTANCES) {
      await lin.hold('KeyW', async () => (await lin.distance()) >= metres - 0.15);
      // Each sees the other where they are: the last poses have arrived.
      await waitFor(
        async () => Math.abs((await ada.distance()) - (await lin.distance())) < 0.1,
        'both agree',
      );
      const heard = { ada: await ada.level(), lin: await lin.level() };
      reference ??= heard;
      for (const who of ['ada', 'lin'] as const) {
        const distance = await (who === 'ada' ? ada : lin).distance();
        const expected = decibels(loudnessAt(distance));
        const measured = decibels(heard[who] / reference[who]);
        expect(
          Math.abs(measured - expected),
          `${who} at ${distance.toFixed(2)} m: ${measured.toFixed(2)} dB heard, ${expected.toFixed(2)} dB by the curve`,
        ).toBeLessThan(1.5);
      }
    }
  });

  it('beyond the edge nothing is sent: no packet of sound or picture for two seconds', async () => {
    await lin.hold('KeyW', async () => (await lin.distance()) >= BEYOND);
    for (const person of [ada, lin]) {
      await waitFor(
        async () => (await person.voice())?.audio?.paused !== false,
        `${person.name} hears no more`,
      );
      expect(await person.level()).toBe(0);
      // What was on its way has arrived after this long.
      await new Promise((resolve) => setTimeout(resolve, 700));
      const before = await person.received();
      await new Promise((resolve) => setTimeout(resolve, 2000));
      const after = await person.received();
      expect(after?.audio?.packetsReceived).toBe(before?.audio?.packetsReceived);
      expect(after?.video?.packetsReceived).toBe(before?.video?.packetsReceived);
      expect(after?.video?.framesDecoded).toBe(before?.video?.framesDecoded);
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
      await waitFor(async () => (await person.level()) > 0.005, `${person.name} hears again`, 5000);
    await waitFor(
      async () => ((await ada.received())?.video?.framesDecoded ?? 0) > before + 5,
      'Ada sees again',
    );
  });

  it('none of it was against the page’s own security policy, or an error', () => {
    expect([...ada.complaints, ...lin.complaints]).toEqual([]);
  });
});
