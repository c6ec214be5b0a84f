import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { downloadPrebuilt, prebuiltName } from './download-prebuilt.ts';

let folder: string;
let server: Server | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chatmux-prebuilt-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  const open = server;
  server = undefined;
  if (open) await new Promise((resolve) => open.close(resolve));
  rmSync(folder, { recursive: true });
});

async function serve(answer: Parameters<typeof createServer>[1]): Promise<void> {
  const fresh = createServer(answer ?? (() => undefined));
  server = fresh;
  await new Promise<void>((resolve) => fresh.listen(0, '127.0.0.1', resolve));
  const address = fresh.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  vi.stubEnv('MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL', `http://127.0.0.1:${address.port}`);
}

const download = () => downloadPrebuilt('9.9.9', join(folder, 'out'), join(folder, 'log'), () => undefined);

describe('downloadPrebuilt', () => {
  it('unpacks the release of this platform into an executable', async () => {
    writeFileSync(join(folder, 'mediasoup-worker'), 'a binary');
    execFileSync('tar', ['-czf', join(folder, 'a.tgz'), '-C', folder, 'mediasoup-worker']);
    const archive = readFileSync(join(folder, 'a.tgz'));
    const asked: (string | undefined)[] = [];
    await serve((request, response) => {
      asked.push(request.url);
      response.end(archive);
    });
    expect(readFileSync(await download(), 'utf8')).toBe('a binary');
    expect(asked).toEqual([`/9.9.9/${prebuiltName('9.9.9', process.platform, process.arch, release())}`]);
  });

  it('says what the server says when there is none', async () => {
    await serve((_request, response) => response.writeHead(404).end());
    await expect(download()).rejects.toThrow(/the server says 404 Not Found/);
  });

  it('says what happened when the host can’t be reached', async () => {
    vi.stubEnv('MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL', 'http://127.0.0.1:9');
    await expect(download()).rejects.toThrow(/could not be had: (?!fetch failed)/);
  });
});
