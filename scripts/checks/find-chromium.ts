import { join } from 'node:path';
import { aptInstall, canUseApt, howToInstall } from '../steps/apt.ts';
import { cacheFolder } from '../steps/cache-folder.mjs';
import { PlainError, step } from '../steps/step.mjs';
import { findProgram } from './find-program.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];
// With a font: minimal systems have none, and text without glyphs has no size.
const PACKAGES = ['chromium', 'fonts-dejavu-core'];

/** The Chromium on this machine: CHROMIUM_BIN, one on the PATH, or one in a usual place; undefined where there is none. */
export function findChromium(env: NodeJS.ProcessEnv): string | undefined {
  return findProgram(env, 'CHROMIUM_BIN', NAMES, ELSEWHERE);
}

/** Finds Chromium, or installs it as root on Debian; throws a `PlainError` with the one command to run elsewhere. */
export async function getChromium(env: NodeJS.ProcessEnv): Promise<string> {
  const found = findChromium(env);
  if (found !== undefined) return found;
  if (!canUseApt())
    throw new PlainError(
      `The browser tests need Chromium. ${howToInstall(PACKAGES)}\nOr set CHROMIUM_BIN to one you have.`,
    );
  await step('Installing Chromium', (tell) =>
    aptInstall(PACKAGES, join(cacheFolder(), 'logs', 'chromium.log'), tell),
  );
  const fresh = findChromium(env);
  if (fresh === undefined)
    throw new PlainError('Chromium was installed and is still not found. Set CHROMIUM_BIN to where it is.');
  return fresh;
}
