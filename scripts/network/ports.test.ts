import { createServer, type Server } from 'node:net';
import { parseConfig } from '@chatmux/config';
import { afterEach, describe, expect, it } from 'vitest';
import { settlePorts } from './ports.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});

async function takePort(): Promise<number> {
  const server = createServer();
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function freePort(): Promise<number> {
  const port = await takePort();
  const server = servers.pop();
  await new Promise((resolve) => server?.close(resolve));
  return port;
}

const nothingChosen = { control: false, media: false };

describe('settlePorts', () => {
  it('says in a sentence that the page’s port is taken', async () => {
    const config = parseConfig({ PORT: String(await takePort()), MEDIA: 'direct' });
    await expect(settlePorts(config, nothingChosen, () => undefined)).rejects.toThrow(
      /is taken by another program. Choose another with --port/,
    );
  });

  it('says so for an address this machine does not have', async () => {
    const config = parseConfig({ HOST: '203.0.113.1', MEDIA: 'direct' });
    await expect(settlePorts(config, nothingChosen, () => undefined)).rejects.toThrow(
      /doesn’t have that address. Choose another with --host/,
    );
  });

  it('moves control and media ports that nobody chose, and tells of the media port', async () => {
    const env = {
      PORT: String(await freePort()),
      SFU_CONTROL_PORT: String(await takePort()),
      MEDIA_PORT: String(await takePort()),
    };
    const said: string[] = [];
    const config = await settlePorts(parseConfig(env), nothingChosen, (line) => said.push(line));
    expect(config.sfuControlPort).toBeGreaterThan(Number(env.SFU_CONTROL_PORT));
    expect(config.mediaPort).toBeGreaterThan(Number(env.MEDIA_PORT));
    expect(new Set([config.port, config.sfuControlPort, config.mediaPort]).size).toBe(3);
    expect(said).toEqual([`Media port ${env.MEDIA_PORT} is taken; using ${config.mediaPort} this time.`]);
  });

  it('moves to where as many media ports are free in a row as there are workers', async () => {
    const taken = await takePort();
    const env = { PORT: String(await freePort()), MEDIA_PORT: String(taken - 2), SFU_WORKERS: '3' };
    const said: string[] = [];
    const config = await settlePorts(parseConfig(env), nothingChosen, (line) => said.push(line));
    expect(config.mediaPort).toBeGreaterThan(taken);
    expect(said[0]).toContain(`using ${config.mediaPort} to ${config.mediaPort + 2} this time`);
  });

  it('keeps to a port that was chosen', async () => {
    const env = { PORT: String(await freePort()), SFU_CONTROL_PORT: String(await takePort()) };
    await expect(
      settlePorts(parseConfig(env), { control: true, media: false }, () => undefined),
    ).rejects.toThrow(/Set SFU_CONTROL_PORT to another/);
  });
});
