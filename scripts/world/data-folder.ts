import { resolve } from 'node:path';
import { type Flags, parseConfig } from '@chatmux/config';

/** Where data is kept: a path in the settings is the project's, one that somebody typed is theirs. */
export function dataFolder(root: string, env: NodeJS.ProcessEnv, flags: Flags): string {
  const { dataDir } = parseConfig(env, flags);
  return flags.data === undefined ? resolve(root, dataDir) : resolve(env.INIT_CWD ?? root, dataDir);
}
