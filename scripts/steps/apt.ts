import { spawnSync } from 'node:child_process';
import { PlainError, runLogged } from './step.mjs';

/** True where this process may install packages with apt itself: as root on Debian, Ubuntu and their kin. */
export function canUseApt(): boolean {
  return process.getuid?.() === 0 && hasApt();
}

function hasApt(): boolean {
  return spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0;
}

/** The one command a person would run to get these Debian packages. */
function aptCommand(packages: readonly string[]): string {
  return `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`;
}

/** Words on how to get packages, for someone whose machine we can't install on. */
export function howToInstall(packages: readonly string[]): string {
  const lead = hasApt()
    ? 'This one command gets it'
    : 'On Debian or Ubuntu this one command gets it; elsewhere the packages have similar names';
  return `${lead}:\n    ${aptCommand(packages)}`;
}

/** Installs Debian packages as root. Rejects with the failing command and its log. */
export async function aptInstall(
  packages: readonly string[],
  log: string,
  tell: (detail: string) => void,
): Promise<void> {
  if (!canUseApt()) throw new PlainError(howToInstall(packages));
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  tell('reading the package lists');
  await runLogged('apt-get', ['update', '-q'], { log, env });
  let unpacked = 0;
  let expected = 0;
  await runLogged('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], {
    log,
    env,
    append: true,
    onLine(line) {
      expected ||= Number(/(\d+) newly installed/.exec(line)?.[1] ?? 0);
      if (line.startsWith('Setting up ')) unpacked += 1;
      const name = /^(?:Get:\d+ \S+ \S+ \S+ (\S+)|(?:Unpacking|Setting up) (\S+))/.exec(line);
      if (name) tell(`${expected ? `[${unpacked}/${expected}] ` : ''}${name[1] ?? name[2]}`);
    },
  });
}
