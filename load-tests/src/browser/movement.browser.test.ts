import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DelayProxy } from './harness/delay-proxy.ts';
import { LIGHT, measureKeyPresses, median } from './harness/key-presses.ts';
import { RunningWorld } from './harness/running-world.ts';
import { Visitor, waitFor } from './harness/visitor.ts';

const ROUNDS = 7;

let world: RunningWorld;
const open: (Visitor | DelayProxy)[] = [];

beforeAll(async () => {
  world = await RunningWorld.start({ MEDIA: 'direct' });
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});
afterAll(() => world?.stop());

async function enter(name: string, url = world.url): Promise<Visitor> {
  const visitor = await Visitor.enter(url, { name, ...LIGHT });
  open.push(visitor);
  return visitor;
}

describe('a key press', () => {
  it('moves our own body on the next frame, and others see it', async () => {
    const ada = await enter('Ada');
    const lin = await enter('Lin');
    await waitFor(async () => !Number.isNaN(await lin.distance()), 'Lin sees Ada');
    const { ownFrames, seenMs } = await measureKeyPresses(ada, lin, ROUNDS);
    console.log(
      `own body: ${ownFrames.join(', ')} screen frames; seen by the other after ${seenMs.map(Math.round).join(', ')} ms`,
    );
    expect(median(ownFrames)).toBe(1);
    // How soon is what the benchmark `key-press` measures: a test on a busy machine can only ask that it happens.
    expect(median(seenMs)).toBeLessThan(2000);
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
    const allAnswered = () => ada.page.waitForFunction(() => window.chatmux.unanswered() === 0);
    // The place we arrive at comes from the server; from its first answer on it is ours to predict.
    await allAnswered();
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
    // What the server says of our last steps could still pull us.
    await allAnswered();
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
