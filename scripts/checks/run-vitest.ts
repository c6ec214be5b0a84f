import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { runTool } from './run-tool.ts';

const report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numFailedTestSuites: z.number(),
  success: z.boolean(),
});

/** How a run of tests ended. */
export interface TestCount {
  readonly ok: boolean;
  readonly passed: number;
  /** Failed tests; a file that could not be run at all counts as one. */
  readonly failed: number;
}

/** Runs projects of the root vitest.config.ts and counts their tests. */
export async function runVitest(
  projects: readonly string[],
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<TestCount> {
  const folder = mkdtempSync(join(tmpdir(), 'chatmux-vitest-'));
  const file = join(folder, 'report.json');
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    const code = await runTool(
      'vitest',
      'vitest',
      ['run', ...projects.map((name) => `--project=${name}`), ...reporters, ...args],
      env,
    );
    const found = report.parse(JSON.parse(readFileSync(file, 'utf8')));
    const ok = code === 0 && found.success;
    return { ok, passed: found.numPassedTests, failed: Math.max(found.numFailedTests, ok ? 0 : 1) };
  } catch (error) {
    console.error(`Vitest gave no report: ${error instanceof Error ? error.message : String(error)}`);
    return { ok: false, passed: 0, failed: 1 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
