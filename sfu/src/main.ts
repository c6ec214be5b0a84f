import { availableParallelism } from 'node:os';
import { ConfigError, EXIT_CONFIG, mediaWorkers, parseConfig } from '@chatmux/config';
import { createLogger, wordsOf } from './logger.ts';
import { type Sfu, startSfu } from './start-sfu.ts';

const EXIT_FAILED = 1;
/** Longest that closing may take, in milliseconds, before the process ends anyway. */
const CLOSE_MS = 4000;

/** Reads the configuration of the media server; throws `ConfigError`. */
function readSettings() {
  const config = parseConfig(process.env);
  const { sfuSecret, mediaListenIp, mediaAnnouncedAddress, mediaListenIp6, mediaAnnouncedAddress6 } = config;
  if (sfuSecret === undefined) {
    throw new ConfigError([
      {
        name: 'SFU_SECRET',
        given: 'not set',
        allowed: 'at least 32 characters, the same as the game server’s',
      },
    ]);
  }
  if ((mediaListenIp === '0.0.0.0' || mediaListenIp === '::') && mediaAnnouncedAddress === undefined) {
    throw new ConfigError([
      {
        name: 'MEDIA_ANNOUNCED_ADDRESS',
        given: 'not set',
        allowed: `an address browsers can reach, since MEDIA_LISTEN_IP is ${mediaListenIp}`,
      },
    ]);
  }
  if (mediaListenIp6 === '::' && mediaAnnouncedAddress6 === undefined) {
    throw new ConfigError([
      {
        name: 'MEDIA_ANNOUNCED_ADDRESS6',
        given: 'not set',
        allowed: 'an address browsers can reach, since MEDIA_LISTEN_IP6 is ::',
      },
    ]);
  }
  const listen = [{ ip: mediaListenIp, announced: mediaAnnouncedAddress }];
  if (mediaListenIp6 !== undefined) listen.push({ ip: mediaListenIp6, announced: mediaAnnouncedAddress6 });
  return {
    controlHost: config.sfuControlHost,
    controlPort: config.sfuControlPort,
    secret: sfuSecret,
    workers: mediaWorkers(config, availableParallelism()),
    media: { port: config.mediaPort, listen },
    timings: { drainMs: config.sfuDrainSeconds * 1000 },
    log: createLogger(config.logLevel),
  };
}

type Settings = ReturnType<typeof readSettings>;

async function run(settings: Settings): Promise<void> {
  const { log } = settings;
  let sfu: Sfu | undefined;
  let stopping = false;

  async function stop(reason: string): Promise<void> {
    if (stopping) return;
    stopping = true;
    log.info('stopping', { reason });
    setTimeout(() => {
      log.error('closing took too long');
      process.exit(EXIT_FAILED);
    }, CLOSE_MS).unref();
    await sfu?.close();
    process.exit(0);
  }

  let drainAsked = false;
  process.on('SIGTERM', () => {
    if (!sfu || drainAsked) return void stop('SIGTERM');
    drainAsked = true;
    sfu.drain();
  });
  process.on('SIGINT', () => void stop('SIGINT'));
  process.on('disconnect', () => void stop('the supervisor is gone'));

  process.on('unhandledRejection', (error) =>
    log.error('a promise was left alone with its error', { reason: wordsOf(error) }),
  );

  const started = await startSfu(settings);
  sfu = started;
  void sfu.drained.then(() => stop('drained'));
  void sfu.failed.then(async (error) => {
    log.error('giving up', { reason: error.message });
    await started.close();
    process.exit(EXIT_FAILED);
  });
  log.info('serving', {
    controlPort: sfu.controlPort,
    mediaPort: settings.media.port,
    workers: settings.workers,
  });
  process.send?.({ type: 'ready', controlPort: sfu.controlPort });
}

try {
  await run(readSettings());
} catch (error) {
  process.stderr.write(`${wordsOf(error)}\n`);
  process.exit(error instanceof ConfigError ? EXIT_CONFIG : EXIT_FAILED);
}
