import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PlainError } from '../steps/step.mjs';
import { listBenches, runBench } from './bench-files.ts';
import { findChromium } from './find-chromium.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chatmux-checks-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe.skipIf(process.platform === 'win32')('findChromium', () => {
  it('takes CHROMIUM_BIN before the PATH, and the PATH in its order', () => {
    const [a, b] = [join(folder, 'a'), join(folder, 'b')];
    for (const [place, name] of [
      [a, 'google-chrome'],
      [b, 'chromium'],
    ] as const) {
      mkdirSync(place);
      writeFileSync(join(place, name), '', { mode: 0o755 });
    }
    writeFileSync(join(a, 'chromium'), 'not executable', { mode: 0o644 });
    const PATH = [folder, a, b].join(delimiter);
    expect(findChromium({ PATH })).toBe(join(a, 'google-chrome'));
    expect(findChromium({ PATH, CHROMIUM_BIN: join(b, 'chromium') })).toBe(join(b, 'chromium'));
  });

  it('says so when CHROMIUM_BIN is no program', () => {
    expect(() => findChromium({ CHROMIUM_BIN: join(folder, 'nothing') })).toThrow(PlainError);
  });
});

describe('benchmarks', () => {
  it('are listed by name and run', async () => {
    writeFileSync(join(folder, 'b.bench.mts'), '');
    writeFileSync(
      join(folder, 'ticks.bench.ts'),
      `export default async () => [{ name: 'x', value: 2, unit: 'ms', bar: '< 3', pass: true }];`,
    );
    writeFileSync(join(folder, 'empty.bench.ts'), 'export default async () => [];');
    expect(listBenches(folder)).toEqual(['empty', 'ticks']);
    expect(await runBench(folder, 'ticks')).toEqual([
      { name: 'x', value: 2, unit: 'ms', bar: '< 3', pass: true },
    ]);
    await expect(runBench(folder, 'empty')).rejects.toThrow();
    expect(listBenches(join(folder, 'nowhere'))).toEqual([]);
  });
});
