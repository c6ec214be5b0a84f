import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { toneWav } from '../tone-wav.ts';

/** A browser of its own with a tone for a microphone and Chromium's test picture for a camera. */
export interface ToneBrowser {
  readonly browser: Browser;
  close(): Promise<void>;
}

/**
 * Starts Chromium: the one that CHROMIUM_BIN names, or Debian's.
 * @param hertz frequency of the tone, a whole number
 * @param amplitude its peak, 0 to 1
 * @param permission answer to the question for microphone and camera
 */
export async function openToneBrowser(
  hertz: number,
  amplitude: number,
  permission: 'granted' | 'denied' = 'granted',
): Promise<ToneBrowser> {
  const folder = await mkdtemp(join(tmpdir(), 'chatmux-voice-'));
  const voice = join(folder, 'voice.wav');
  await writeFile(voice, toneWav(hertz, amplitude));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_BIN ?? '/usr/bin/chromium',
    args: [
      // As root, and without the network: nothing that would ask for either.
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      // Cameras: the second one gives a picture of depth, which nobody can send. Microphones and speakers there are three of.
      '--use-fake-device-for-media-stream=device-count=3',
      `--use-file-for-fake-audio-capture=${voice}`,
      '--autoplay-policy=no-user-gesture-required',
      ...(permission === 'denied' ? [] : ['--use-fake-ui-for-media-stream']),
    ],
  });
  return {
    browser,
    async close() {
      await browser.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
