import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describeMediaPort, type MediaUnderContract } from '../testing/media-port-contract.ts';
import { connectSfuMedia } from './sfu-media.ts';

const SFU = fileURLToPath(new URL('../../../sfu/src/main.ts', import.meta.url));
const SECRET = 'a secret of a test, long enough to pass';

/** Ports that are free at this moment. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = servers.map(async (server) => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return address.port;
  });
  const found = await Promise.all(ports);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return found;
}

/** The real media server, as a process of its own. */
async function begin(): Promise<MediaUnderContract> {
  const [controlPort, mediaPort] = await freePorts(2);
  let running: ChildProcess | undefined;

  async function start(): Promise<void> {
    const child = fork(SFU, {
      execArgv: [],
      env: {
        ...process.env,
        SFU_SECRET: SECRET,
        SFU_CONTROL_PORT: String(controlPort),
        SFU_WORKERS: '1',
        SFU_DRAIN_SECONDS: '60',
        MEDIA_PORT: String(mediaPort),
        MEDIA_LISTEN_IP: '127.0.0.1',
        MEDIA_ANNOUNCED_ADDRESS: '',
        LOG_LEVEL: 'error',
      },
    });
    running = child;
    await new Promise<void>((resolve, reject) => {
      child.once('message', () => resolve());
      child.once('exit', (code) => reject(new Error(`the media server ended with ${code}`)));
    });
  }

  async function stop(): Promise<void> {
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const gone = once(running, 'exit');
    running.kill('SIGKILL');
    await gone;
  }

  await start();
  const log = { info: () => undefined, warn: () => undefined };
  const media = connectSfuMedia({ url: `ws://127.0.0.1:${controlPort}`, secret: SECRET, log });
  return {
    open: media.open,
    start,
    stop,
    drain: () => running?.kill('SIGTERM'),
    async close() {
      await media.close();
      await stop();
    },
  };
}

describeMediaPort('the SFU', begin);
