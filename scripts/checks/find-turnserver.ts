import { join } from 'node:path';
import { aptInstall, canUseApt, howToInstall } from '../steps/apt.ts';
import { cacheFolder } from '../steps/cache-folder.mjs';
import { PlainError, step } from '../steps/step.mjs';
import { findProgram } from './find-program.ts';

const PACKAGES = ['coturn'];
// Started by hand it is not always on the PATH of a person.
const ELSEWHERE = ['/usr/bin/turnserver', '/usr/sbin/turnserver', '/opt/homebrew/bin/turnserver'];

/** The coturn on this machine: TURNSERVER_BIN, one on the PATH or in a usual place; installed as root on Debian. */
export async function getTurnserver(env: NodeJS.ProcessEnv): Promise<string> {
  const find = () => findProgram(env, 'TURNSERVER_BIN', ['turnserver'], ELSEWHERE);
  const found = find();
  if (found !== undefined) return found;
  if (!canUseApt())
    throw new PlainError(
      `The tests of TURN need coturn. ${howToInstall(PACKAGES)}\nOr set TURNSERVER_BIN to one you have.`,
    );
  await step('Installing coturn', (tell) =>
    aptInstall(PACKAGES, join(cacheFolder(), 'logs', 'coturn.log'), tell),
  );
  const fresh = find();
  if (fresh === undefined)
    throw new PlainError('coturn was installed and is still not found. Set TURNSERVER_BIN to where it is.');
  return fresh;
}
