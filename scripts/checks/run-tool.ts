import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ROOT } from '../steps/project.ts';

const resolve = createRequire(join(ROOT, 'package.json')).resolve;

/**
 * The file that a package's command runs. npm's shims in `.bin` differ between systems; the manifest doesn't. Not
 * every package exports its manifest, hence the path by hand.
 */
function toolFile(packageName: string, command: string): string {
  const manifest = join(ROOT, 'node_modules', packageName, 'package.json');
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8'));
  return resolve(join(dirname(manifest), typeof bin === 'string' ? bin : bin[command]));
}

/** Runs an installed tool with its output passed through. Resolves with its exit code; 1 when a signal ended it. */
export function runTool(
  packageName: string,
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<number> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [toolFile(packageName, command), ...args], {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    child.once('error', fail);
    child.once('close', (code) => done(code ?? 1));
  });
}
