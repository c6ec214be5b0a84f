import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { ROOT } from '../steps/project.ts';
import { acquireWorker } from './acquire-worker.ts';
import { noteFailure } from './failure-notes.ts';
import { startOnce } from './try-worker.ts';
import { keyPartsHere, workerKey } from './worker-key.ts';

const given = process.env.MEDIASOUP_WORKER_BIN;

describe('a worker that was got', () => {
  it('is there, runs, and mediasoup can talk to it', async () => {
    expect(given).toBeDefined();
    const worker = await acquireWorker(ROOT, given);
    expect(worker.path).toBeDefined();
    await startOnce(ROOT, worker.path ?? '');
  });

  it('is refused in plain words when it is something else', async () => {
    await expect(acquireWorker(ROOT, process.execPath)).rejects.toThrow(
      /MEDIASOUP_WORKER_BIN is .* doesn’t run here/,
    );
  });

  it('is taken from the cache: the one built here; mediasoup’s own where none could be built lately', async () => {
    const cache = mkdtempSync(join(tmpdir(), 'chatmux-cache-'));
    vi.stubEnv('CHATMUX_CACHE', cache);
    try {
      const manifest = readFileSync(join(ROOT, 'node_modules', 'mediasoup', 'package.json'), 'utf8');
      const key = workerKey(keyPartsHere(join(ROOT, 'scripts'), String(JSON.parse(manifest).version)));
      noteFailure(join(cache, 'worker', `${key}.failed.json`), 'build', 'no compiler', Date.now());
      for (const folder of [`${key}-prebuilt`, key]) {
        const path = join(cache, 'worker', folder, 'mediasoup-worker');
        mkdirSync(dirname(path), { recursive: true });
        copyFileSync(given ?? '', path);
        expect(await acquireWorker(ROOT, undefined)).toEqual({ path });
      }
    } finally {
      vi.unstubAllEnvs();
      rmSync(cache, { recursive: true });
    }
  });
});
