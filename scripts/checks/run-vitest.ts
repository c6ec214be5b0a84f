import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';
import { ROOT } from '../steps/project.ts';
import { runTool } from './run-tool.ts';

const report = z.object({
  numPassedTests: z.number(),
  success: z.boolean(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
});
type Report = z.infer<typeof report>;

/** How a run of tests ended. */
export interface TestCount {
  readonly ok: boolean;
  readonly passed: number;
  /** Failed tests; a file that could not be run at all counts as one. */
  readonly failed: number;
  /** What failed and why, a line each: the end of a long output is what is kept of it. */
  readonly failures: readonly string[];
}

function failuresOf({ testResults }: Report): string[] {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(ROOT, name);
    const tests = assertionResults.filter((test) => test.status === 'failed');
    if (tests.length === 0 && status === 'failed')
      return [inOneLine(file, message || 'what comes before or after its tests failed; see above')];
    return tests.map(({ fullName, failureMessages }) =>
      inOneLine(`${file} > ${fullName}`, failureMessages?.[0] ?? ''),
    );
  });
}

function inOneLine(test: string, message: string): string {
  const [first = ''] = stripVTControlCharacters(message).trim().split('\n');
  return first ? `${test}: ${first}` : test;
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
    const failures = failuresOf(found);
    return {
      ok,
      passed: found.numPassedTests,
      failed: Math.max(failures.length, ok ? 0 : 1),
      failures,
    };
  } catch (error) {
    console.error(`Vitest gave no report: ${error instanceof Error ? error.message : String(error)}`);
    return { ok: false, passed: 0, failed: 1, failures: [] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
