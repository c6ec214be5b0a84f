// Installs from the lockfile when what is installed differs from what is locked.
import { readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import process from 'node:process';
import { cacheFolder } from './cache-folder.mjs';
import { npmCommand } from './npm-command.mjs';
import { runLogged, step } from './step.mjs';

/** @typedef {{ version?: string, resolved?: string, link?: boolean, integrity?: string, optional?: boolean, devOptional?: boolean }} Entry */

/**
 * True when every locked package is installed in its locked version. npm writes `node_modules/.package-lock.json` as
 * the last thing of an install, so one that was interrupted is noticed too. Packages that are optional may be missing:
 * they are those of other platforms.
 * @param {Record<string, Entry>} locked
 * @param {Record<string, Entry>} installed
 */
export function isInstalled(locked, installed) {
  return Object.entries(locked).every(([path, entry]) => {
    if (!path.includes('node_modules/')) return true;
    const there = installed[path];
    if (!there) return entry.optional === true || entry.devOptional === true;
    if (entry.link) return there.link === true && there.resolved === entry.resolved;
    // Addresses are not compared: they differ where a mirror is used, and some lockfiles leave them out.
    return there.version === entry.version && there.integrity === entry.integrity;
  });
}

/**
 * Runs `npm ci` when it is needed.
 * @param {string} root folder of the project
 * @param {string} node path of Node 24, which is to run npm: under an older one npm picks older packages
 */
export async function installDependencies(root, node) {
  const locked = readPackages(join(root, 'package-lock.json'));
  const installed = readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (locked && installed && isInstalled(locked, installed)) return;
  const npm = npmCommand(node);
  await step('Installing the dependencies', () =>
    runLogged(npm.command, [...npm.args, 'ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: root,
      env: { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` },
      log: join(cacheFolder(), 'logs', 'npm-ci.log'),
    }),
  );
}

/**
 * @param {string} file
 * @returns {Record<string, Entry> | undefined} undefined when there is no such file or it is broken
 */
function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
