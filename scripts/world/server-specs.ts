import { join } from 'node:path';
import { type Config, configToEnv, GAME_NODE_FLAGS } from '@chatmux/config';
import type { ChildSpec } from '../supervisor/supervised-child.ts';

/** How the servers of a world are started: the SFU first, unless media is direct, then the game server. */
export function serverSpecs(root: string, config: Config): ChildSpec[] {
  // Both get the same environment, so that both come to the same configuration by `parseConfig`.
  const env = { ...process.env, ...configToEnv(config) };
  const spec = (name: string, ...path: string[]): ChildSpec => ({
    name,
    entry: join(root, ...path),
    env,
    cwd: root,
  });
  const game = { ...spec('game', 'game-server', 'src', 'main.ts'), nodeFlags: GAME_NODE_FLAGS };
  return config.media === 'direct' ? [game] : [spec('sfu', 'sfu', 'src', 'main.ts'), game];
}
