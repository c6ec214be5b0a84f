import { TICK_HZ } from '@chatmux/schema';
import type { Visitor } from './visitor.ts';

/** Small pictures, 12 a second: drawn without a GPU, more would starve the very thing that is measured. */
export const LIGHT = { maxFps: 12, context: { viewport: { width: 320, height: 240 } } };

export const TICK_MS = 1000 / TICK_HZ;
/** The first rounds find shaders and code not yet compiled. */
const WARM_UP = 3;

export const median = (values: number[]) =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** What a key press of one did in both browsers, for each round. */
export interface KeyPresses {
  /** Frames of the screen until our own body was elsewhere: 1 is the next one. */
  ownFrames: number[];
  /** Milliseconds until the other's sim showed us elsewhere. */
  seenMs: number[];
}

/** Ada presses keys, Lin watches. Both must see each other. @param rounds counted ones; some more come first */
export async function measureKeyPresses(ada: Visitor, lin: Visitor, rounds: number): Promise<KeyPresses> {
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
  for (let round = 0; round < WARM_UP + rounds; round++) {
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
  return { ownFrames, seenMs };
}
