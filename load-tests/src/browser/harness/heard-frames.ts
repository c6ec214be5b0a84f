import type { Page } from 'playwright-core';

/** What a page plays, in frames of 20 ms. */
interface HeardFrames {
  /** Forgets what was heard until now. */
  begin(): void;
  /** Root mean squares of the frames since then. */
  levels(): number[];
}

declare global {
  interface Window {
    heard?: HeardFrames;
  }
}

/**
 * Listens in on everything a page sends to its speakers, from its audio thread, so that no frame is missed when the page
 * itself is busy. Call it before the page is opened; a page with a content policy needs `bypassCSP`.
 */
export async function listenIn(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const FRAME = 0.02;
    const levels: number[] = [];
    window.heard = {
      begin: () => levels.splice(0),
      levels: () => [...levels],
    };
    const code = `registerProcessor('heard', class extends AudioWorkletProcessor {
      sum = 0; count = 0; told = [];
      process([input]) {
        const samples = input[0];
        const size = samples?.length ?? 128;
        for (let i = 0; i < size; i++) {
          let square = 0;
          for (const channel of input) square += channel[i] ** 2;
          this.sum += square;
          if (++this.count < Math.round(sampleRate * ${FRAME})) continue;
          this.told.push(Math.sqrt(this.sum / this.count));
          this.sum = this.count = 0;
        }
        if (this.told.length >= 5) { this.port.postMessage(this.told); this.told = []; }
        return true;
      }
    });`;
    const { connect } = AudioNode.prototype;
    const join = (from: AudioNode, to: AudioNode) => Reflect.apply(connect, from, [to]);
    AudioNode.prototype.connect = function (this: AudioNode, ...args: unknown[]) {
      const result = Reflect.apply(connect, this, args);
      const { context } = this;
      if (args[0] === context.destination && context instanceof AudioContext) void attend(this, context);
      return result;
    } as typeof connect;
    async function attend(node: AudioNode, context: AudioContext): Promise<void> {
      const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
      await context.audioWorklet.addModule(url);
      const ear = new AudioWorkletNode(context, 'heard');
      ear.port.onmessage = ({ data }: MessageEvent<number[]>) => levels.push(...data);
      join(node, ear);
      // Its own output is silence; without a way out it would not run.
      join(ear, context.destination);
    }
  });
}

/** Forgets what a page played until now. */
export const beginHearing = (page: Page) => page.evaluate(() => window.heard?.begin());

/**
 * Frames of 20 ms since `beginHearing` in which a steady tone was missing: less than half of what it is.
 * @returns how many in all, in the longest run, and of how many; and the runs: where each begins, and how long it is
 */
export async function missingFrames(page: Page): Promise<{
  missing: number;
  longest: number;
  frames: number;
  loudest: number;
  runs: [at: number, length: number][];
}> {
  const levels = (await page.evaluate(() => window.heard?.levels())) ?? [];
  const sorted = [...levels].sort((a, b) => a - b);
  // What the tone is most of the time; a silence of less than half of the time does not move it.
  const usual = sorted[Math.floor(sorted.length * 0.75)] ?? 0;
  const runs: [at: number, length: number][] = [];
  let before: [at: number, length: number] | undefined;
  for (const [at, level] of levels.entries()) {
    if (level >= usual / 2) before = undefined;
    else if (before) before[1] += 1;
    else {
      before = [at, 1];
      runs.push(before);
    }
  }
  const missing = runs.reduce((sum, [, length]) => sum + length, 0);
  const longest = Math.max(0, ...runs.map(([, length]) => length));
  const loudest = usual > 0 ? (sorted.at(-1) ?? 0) / usual : 0;
  return { missing, longest, frames: levels.length, loudest, runs };
}
