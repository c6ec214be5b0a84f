import type { Config } from './parse-config.ts';

const MOST_WORKERS = 64;

/**
 * How many media workers there are: as many as asked for, otherwise one for each processor core, as far as the ports
 * after `mediaPort` are not used by something else here.
 * @param cores at least 1
 */
export function mediaWorkers(
  config: Pick<Config, 'sfuWorkers' | 'mediaPort' | 'sfuControlPort' | 'port'>,
  cores: number,
): number {
  const { sfuWorkers, mediaPort, sfuControlPort, port } = config;
  if (sfuWorkers !== undefined) return sfuWorkers;
  let workers = 1;
  for (; workers < Math.min(cores, MOST_WORKERS); workers += 1) {
    const next = mediaPort + workers;
    if (next > 65_535 || next === sfuControlPort || next === port) break;
  }
  return workers;
}
