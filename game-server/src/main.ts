import { ConfigError, EXIT_CONFIG, parseConfig } from '@chatmux/config';
import { DatabaseProblem } from '@chatmux/db';
import { WorldProblem } from './load-worlds.ts';
import { createLog } from './log.ts';
import { startGameServer } from './start-game-server.ts';

/** The game server's process: configuration in, ready out, a clean end. */
async function main(): Promise<void> {
  const config = parseConfig(process.env);
  const log = createLog(config.logLevel);
  const game = await startGameServer(config, log, { processMetrics: config.adminToken !== undefined });
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await game.stop();
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());
  // The supervisor is gone: nobody would stop us any more.
  process.on('disconnect', () => void stop());
  process.on('unhandledRejection', (error) => log.error('a promise was left alone with its error', error));
  log.info(`serving ${game.url}`);
  process.send?.({ type: 'ready', url: game.url });
}

try {
  await main();
} catch (error) {
  const ours =
    error instanceof ConfigError || error instanceof DatabaseProblem || error instanceof WorldProblem;
  console.error(ours ? error.message : error);
  process.exit(ours ? EXIT_CONFIG : 1);
}
