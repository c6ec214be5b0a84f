import { homedir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

/**
 * The per-user folder for what is slow to get: Node, the media worker, logs. CHATMUX_CACHE overrides it.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string}
 */
export function cacheFolder(env = process.env) {
  if (env.CHATMUX_CACHE) return env.CHATMUX_CACHE;
  if (process.platform === 'win32' && env.LOCALAPPDATA) return join(env.LOCALAPPDATA, 'chatmux');
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'chatmux');
}
