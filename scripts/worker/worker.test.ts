import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parallelCompilers } from './build-worker.ts';
import { prebuiltName } from './download-prebuilt.ts';
import { forgetFailure, noteFailure, recentFailure } from './failure-notes.ts';
import { withLock } from './lock.ts';
import { whyItDoesNotRun } from './try-worker.ts';
import { keyPartsHere, parseOsRelease, type WorkerKeyParts, workerKey } from './worker-key.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chatmux-worker-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('workerKey', () => {
  const parts: WorkerKeyParts = {
    mediasoupVersion: '3.27.1',
    platform: 'linux',
    arch: 'x64',
    system: 'glibc2.36.debian12',
    recipe: 'abc',
  };

  it('changes with each of its parts and is one file name', () => {
    const keys = Object.keys(parts).map((name) => workerKey({ ...parts, [name]: 'other/../x' }));
    expect(new Set([...keys, workerKey(parts)]).size).toBe(6);
    for (const key of keys) expect(key).toMatch(/^[\w.-]+$/);
    expect(workerKey(parts)).toBe('3.27.1-linux-x64-glibc2.36.debian12-abc');
  });

  it('changes with the recipe on disk', () => {
    const before = keyPartsHere(folder, '1').recipe;
    writeFileSync(join(folder, 'worker'), ''); // a file where the folder would be: still readable, still the same
    expect(keyPartsHere(folder, '1').recipe).toBe(before);
    expect(keyPartsHere(new URL('..', import.meta.url).pathname, '1').recipe).not.toBe(before);
  });

  it('names distributions', () => {
    expect(parseOsRelease('PRETTY_NAME="Debian GNU/Linux 12"\nVERSION_ID="12"\nID=debian\n')).toBe(
      'debian12',
    );
    expect(parseOsRelease('ID="ol"\nVERSION_ID="9.4"')).toBe('ol9.4');
    expect(parseOsRelease('ID=arch\n')).toBe('arch');
    expect(parseOsRelease('')).toBe('unknown');
  });
});

describe('prebuiltName', () => {
  it('is the name under which mediasoup publishes', () => {
    expect(prebuiltName('3.27.1', 'linux', 'x64', '6.1.0-18-amd64')).toBe(
      'mediasoup-worker-3.27.1-linux-x64-kernel6.tgz',
    );
    expect(prebuiltName('3.27.1', 'darwin', 'arm64', '23.1.0')).toBe(
      'mediasoup-worker-3.27.1-darwin-arm64.tgz',
    );
  });
});

describe('parallelCompilers', () => {
  it('is bounded by cores and by memory, and at least one', () => {
    expect(parallelCompilers(8, 64e9)).toBe(8);
    expect(parallelCompilers(8, 2e9)).toBe(2);
    expect(parallelCompilers(4, 0.5e9)).toBe(1);
  });
});

describe('failure notes', () => {
  const hour = 3_600_000;
  it('are kept an hour for downloads, a day for builds, and can be forgotten', () => {
    const file = join(folder, 'deep', 'x.failed.json');
    expect(recentFailure(file, 'download', 0)).toBeUndefined();
    noteFailure(file, 'download', 'no host', 1000);
    noteFailure(file, 'build', 'no luck', 1000);
    expect(recentFailure(file, 'download', 1000 + hour - 1)).toBe('no host');
    expect(recentFailure(file, 'download', 1000 + hour)).toBeUndefined();
    expect(recentFailure(file, 'build', 1000 + 24 * hour - 1)).toBe('no luck');
    expect(recentFailure(file, 'build', 1000 + 24 * hour)).toBeUndefined();
    noteFailure(file, 'download', 'no way', 1000);
    forgetFailure(file, 'build');
    expect(recentFailure(file, 'build', 1000)).toBeUndefined();
    expect(recentFailure(file, 'download', 1000)).toBe('no way');
    forgetFailure(file, 'download');
    expect(recentFailure(file, 'download', 1000)).toBeUndefined();
  });

  it('count as none when the file is broken', () => {
    const file = join(folder, 'x.json');
    writeFileSync(file, '{"build":');
    expect(recentFailure(file, 'build', 0)).toBeUndefined();
  });
});

describe('withLock', () => {
  it('lets one in at a time and says who is waited for', async () => {
    const file = join(folder, 'a', 'lock');
    const order: string[] = [];
    const waitedFor: number[] = [];
    const firstIsIn = Promise.withResolvers<void>();
    const mayLeave = Promise.withResolvers<void>();
    const first = withLock(
      file,
      () => undefined,
      async () => {
        order.push('first in');
        firstIsIn.resolve();
        await mayLeave.promise;
        order.push('first out');
      },
    );
    await firstIsIn.promise;
    const second = withLock(
      file,
      (pid) => {
        waitedFor.push(pid);
        mayLeave.resolve();
      },
      async () => {
        order.push('second in');
      },
    );
    await Promise.all([first, second]);
    expect(order).toEqual(['first in', 'first out', 'second in']);
    expect(waitedFor).toEqual([process.pid]);
  });

  it('takes over a lock that nobody touched for a minute, though its number is somebody’s', async () => {
    const file = join(folder, 'lock');
    writeFileSync(file, String(process.pid));
    const long = new Date(Date.now() - 61_000);
    utimesSync(file, long, long);
    const waited: number[] = [];
    expect(
      await withLock(
        file,
        (pid) => waited.push(pid),
        () => sleep(0, 'in'),
      ),
    ).toBe('in');
    expect(waited).toEqual([]);
  });

  it('takes over a lock whose holder is gone, and frees its own after an error', async () => {
    const file = join(folder, 'lock');
    writeFileSync(file, '999999999');
    await expect(
      withLock(
        file,
        () => undefined,
        () => Promise.reject(new Error('x')),
      ),
    ).rejects.toThrow('x');
    expect(
      await withLock(
        file,
        () => undefined,
        () => sleep(0, 'in'),
      ),
    ).toBe('in');
  });
});

describe('whyItDoesNotRun', () => {
  it('says what is wrong with a binary that is no worker', async () => {
    expect(await whyItDoesNotRun(join(folder, 'nothing'))).toMatch(/ENOENT/);
    const wrong = join(folder, 'wrong.sh');
    writeFileSync(wrong, '#!/bin/sh\necho libuv.so.1: not found >&2\nexit 127\n', { mode: 0o755 });
    expect(await whyItDoesNotRun(wrong)).toBe('libuv.so.1: not found');
  });
});
