import { TICK_HZ } from '@chatmux/schema';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DelayProxy } from './harness/delay-proxy.ts';
import { RunningWorld } from './harness/running-world.ts';
import { Visitor, waitFor } from './harness/visitor.ts';

const TICK_MS = 1000 / TICK_HZ;
/** The first rounds find shaders and code not yet compiled. */
const WARM_UP = 3;
const ROUNDS = 11;
const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

let world: RunningWorld;
const open: (Visitor | DelayProxy)[] = [];

beforeAll(async () => {
  world = await RunningWorld.start({ MEDIA: 'direct' });
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});
afterAll(() => world?.stop());

/** Small pictures, 12 a second: drawn without a GPU, more would starve the very thing that is measured. */
const LIGHT = { maxFps: 12, context: { viewport: { width: 320, height: 240 } } };

async function enter(name: string, url = world.url): Promise<Visitor> {
  const visitor = await Visitor.enter(url, { name, ...LIGHT });
  open.push(visitor);
  return visitor;
}

describe('a key press', () => {
  it('moves our own body on the next frame, and others see it within 4 ticks', async () => {
    const ada = await enter('Ada');
    const lin = await enter('Lin');
    await waitFor(async () => !Number.isNaN(await lin.distance()), 'Lin sees Ada');
    // The clock that both pages share is the system's: performance.timeOrigin + performance.now().
    const watch = `(() => {
      const { chatmux } = window;
      const now = () => performance.timeOrigin + performance.now();
      const first = (read) => new Promise((done) => {
        const start = read();
        const look = () => {
          const at = read();
          if (Math.hypot(at.x - start.x, at.z - start.z) > 0.005) done(now());
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      });
      window.firstMove = { me: () => first(chatmux.me), other: () => first(() => Object.values(chatmux.others())[0]) };
      window.keyTimes = [];
      window.frames = [];
      const frame = () => { window.frames.push(now()); requestAnimationFrame(frame); };
      requestAnimationFrame(frame);
      addEventListener('keydown', () => window.keyTimes.push(now()), true);
    })()`;
    await ada.page.evaluate(watch);
    await lin.page.evaluate(watch);
    const ownFrames: number[] = [];
    const seenMs: number[] = [];
    for (let round = 0; round < WARM_UP + ROUNDS; round++) {
      const key = round % 2 === 0 ? 'KeyW' : 'KeyS';
      await ada.page.evaluate('void (window.mine = window.firstMove.me())');
      await lin.page.evaluate('void (window.theirs = window.firstMove.other())');
      await ada.page.keyboard.down(key);
      const mine: number = await ada.page.evaluate('window.mine');
      const theirs: number = await lin.page.evaluate('window.theirs');
      await ada.page.keyboard.up(key);
      const pressed: number = await ada.page.evaluate('window.keyTimes.at(-1)');
      const frames: number = await ada.page.evaluate(
        `window.frames.filter((at) => at > ${pressed} && at <= ${mine} + 1).length`,
      );
      if (round >= WARM_UP) {
        ownFrames.push(frames);
        seenMs.push(theirs - pressed);
      }
      await ada.page.waitForFunction(() => window.chatmux.me()?.speed === 0);
      await lin.page.waitForFunction(() => Object.values(window.chatmux.others())[0]?.speed === 0);
    }
    const clock = await lin.page.evaluate(() => window.chatmux.clock());
    console.log(
      `own body: ${ownFrames.join(', ')} screen frames; seen by the other after ${seenMs.map(Math.round).join(', ')} ms; shown ${clock?.delayMs.toFixed(0)} ms behind, jitter ${clock?.jitterMs.toFixed(0)} ms`,
    );
    expect(median(ownFrames)).toBe(1);
    expect(median(seenMs)).toBeLessThanOrEqual(4 * TICK_MS);
  });
});

describe('a long way to the server (150 ms ± 50 ms)', () => {
  it('never snaps us back while we walk straight', async () => {
    let seed = 7;
    const random = () => {
      seed = (seed * 16807) % 2147483647;
      return seed / 2147483647;
    };
    const proxy = await DelayProxy.start(world, { delayMs: 150, jitterMs: 50 }, random);
    open.push(proxy);
    const ada = await enter('Ada', proxy.url);
    // The place we arrive at comes from the server; from then on it is ours to predict.
    await ada.page.waitForFunction(() => window.chatmux.plan() !== undefined);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await ada.page.evaluate(`(() => {
      window.track = [];
      const look = () => { window.track.push({ ...window.chatmux.me() }); requestAnimationFrame(look); };
      requestAnimationFrame(look);
    })()`);
    const start = await ada.page.evaluate(() => window.chatmux.me());
    await ada.hold('KeyW', async () => {
      const me = await ada.page.evaluate(() => window.chatmux.me());
      return Math.hypot((me?.x ?? 0) - (start?.x ?? 0), (me?.z ?? 0) - (start?.z ?? 0)) > 18;
    });
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const track: { x: number; z: number }[] = await ada.page.evaluate('window.track');
    const corrections = await ada.page.evaluate(() => window.chatmux.corrections());
    const forward = track.map(
      (at) =>
        (at.x - (start?.x ?? 0)) * Math.sin(start?.yaw ?? 0) +
        (at.z - (start?.z ?? 0)) * Math.cos(start?.yaw ?? 0),
    );
    const worst = forward.reduce((most, at, i) => Math.max(most, (forward[i - 1] ?? at) - at), 0);
    console.log(
      `walked ${forward.at(-1)?.toFixed(2)} m; largest step back ${worst.toFixed(4)} m; corrections ${JSON.stringify(corrections)}`,
    );
    expect(forward.at(-1)).toBeGreaterThan(17);
    expect(worst).toBeLessThan(0.01);
  });
});
