import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { seededNumbers } from '../../bots/seeded-numbers.ts';
import { wavOf } from '../tone-wav.ts';

/** A browser whose microphone hears noise that a page can play as well: to its echo canceller that is an echo. */
export interface EchoBrowser {
  readonly browser: Browser;
  /** One period of the noise. */
  readonly noise: number[];
  close(): Promise<void>;
}

/** Long enough to sound like no note, short enough for a canceller to find the delay. */
const PERIOD = 24_000;

export async function openEchoBrowser(): Promise<EchoBrowser> {
  const folder = await mkdtemp(join(tmpdir(), 'chatmux-echo-'));
  const random = seededNumbers(7);
  let low = 0;
  const noise = Array.from({ length: PERIOD }, () => {
    low = 0.7 * low + 0.3 * (2 * random() - 1);
    return 0.4 * low;
  });
  const wav = join(folder, 'noise.wav');
  await writeFile(wav, wavOf(Array.from({ length: 4 }, () => noise).flat()));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_BIN ?? '/usr/bin/chromium',
    // A muted browser plays nothing, and its echo canceller hears nothing.
    ignoreDefaultArgs: ['--mute-audio'],
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-audio-capture=${wav}`,
      '--autoplay-policy=no-user-gesture-required',
    ],
  });
  return {
    browser,
    noise,
    async close() {
      await browser.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
