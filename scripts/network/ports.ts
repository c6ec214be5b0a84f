import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import type { Config } from '@chatmux/config';
import { PlainError } from '../steps/step.mjs';

/** Why a port can't be listened on, in words; undefined when it can. */
type Obstacle = string | undefined;

function listenOnTcp(host: string, port: number): Promise<Obstacle> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(inWords(error)));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

function listenOnUdp(host: string, port: number): Promise<Obstacle> {
  return new Promise((resolve) => {
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
    socket.once('error', (error) => resolve(inWords(error)));
    socket.bind({ address: host, port, exclusive: true }, () => socket.close(() => resolve(undefined)));
  });
}

function inWords(error: Error): string {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return 'is taken by another program';
  if (code === 'EACCES') return 'needs rights that you don’t have (ports below 1024 are root’s)';
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return 'can’t be used: this machine doesn’t have that address';
  return `can’t be used (${error.message})`;
}

/**
 * Checks every port before anything starts, so that a taken one gets a clear sentence. The control and media ports, if
 * the person didn't choose them, move to the next free ones: two worlds on one machine then only differ in `--port`.
 * Gives the configuration with the ports to use; throws a `PlainError` for one that was chosen and can't be had.
 */
export async function settlePorts(
  config: Config,
  chosen: { control: boolean; media: boolean },
  say: (line: string) => void,
): Promise<Config> {
  const obstacle = await listenOnTcp(config.host, config.port);
  if (obstacle) {
    const hint = obstacle.includes('address')
      ? 'Choose another with --host.'
      : `Choose another with --port, for example --port ${config.port + 10}, or stop that program.`;
    throw new PlainError(`Port ${config.port} on ${config.host} ${obstacle}. ${hint}`);
  }
  if (config.media === 'direct') return config;
  const sfuControlPort = await settle(
    'SFU_CONTROL_PORT',
    config.sfuControlHost,
    config.sfuControlPort,
    chosen.control,
    [config.port],
    listenOnTcp,
  );
  const workers = config.sfuWorkers ?? 1;
  const others = [config.port, sfuControlPort];
  const inARow = async (host: string, first: number) => {
    for (let port = first; port < first + workers; port += 1) {
      if (port > 65_535 || others.includes(port)) return 'is taken by another program';
      for (const ip of config.mediaListenIp6 === undefined ? [host] : [host, config.mediaListenIp6]) {
        const obstacle = (await listenOnUdp(ip, port)) ?? (await listenOnTcp(ip, port));
        if (obstacle)
          return port === first
            ? obstacle
            : `can’t be used with the next ${workers - 1}: ${port} ${obstacle}`;
      }
    }
    return undefined;
  };
  const mediaPort = await settle(
    'MEDIA_PORT',
    config.mediaListenIp,
    config.mediaPort,
    chosen.media,
    others,
    inARow,
  );
  if (mediaPort !== config.mediaPort) {
    const used = workers > 1 ? `${mediaPort} to ${mediaPort + workers - 1}` : String(mediaPort);
    say(`Media port ${config.mediaPort} is taken; using ${used} this time.`);
  }
  return { ...config, sfuControlPort, mediaPort };
}

async function settle(
  name: string,
  host: string,
  wanted: number,
  chosen: boolean,
  notThese: readonly number[],
  tryPort: (host: string, port: number) => Promise<Obstacle>,
): Promise<number> {
  const obstacle = await tryPort(host, wanted);
  if (!obstacle) return wanted;
  if (!chosen && obstacle.includes('taken')) {
    for (let port = wanted + 1; port <= Math.min(wanted + 100, 65_535); port += 1) {
      if (!notThese.includes(port) && !(await tryPort(host, port))) return port;
    }
  }
  throw new PlainError(`Port ${wanted} on ${host} ${obstacle}. Set ${name} to another.`);
}
