import { describe, expect, it } from 'vitest';
import { ROOT } from '../steps/project.ts';
import { acquireWorker } from './acquire-worker.ts';
import { startOnce } from './try-worker.ts';

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
});
