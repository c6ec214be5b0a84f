import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { cacheFolder } from '../steps/cache-folder.mjs';
import { runLogged, step } from '../steps/step.mjs';
import { hashFiles } from './hash-files.ts';

// All that the built page depends on.
const SOURCES = [
  'client/src',
  'client/public',
  'client/index.html',
  'client/package.json',
  'client/vite.config.ts',
  'shared/schema',
  'shared/engine',
  'assets',
  'package-lock.json',
];

/** The path of Vite's own command, as the client's workspace resolves it. */
export function viteCommand(root: string): string {
  const manifest = createRequire(join(root, 'client', 'package.json')).resolve('vite/package.json');
  return join(dirname(manifest), 'bin', 'vite.js');
}

/** Builds the client with Vite unless the built one was made from exactly these sources. */
export async function buildClient(root: string): Promise<void> {
  const dist = join(root, 'client', 'dist');
  const stamp = join(dist, '.built-from');
  const hash = hashFiles(root, SOURCES, (path) => /\.test\.tsx?$/.test(path));
  if (existsSync(join(dist, 'index.html')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash)
    return;
  await step('Building the client', async (tell) => {
    await runLogged(process.execPath, [viteCommand(root), 'build'], {
      cwd: join(root, 'client'),
      log: join(cacheFolder(), 'logs', 'client-build.log'),
      onLine: (line) => {
        if (/transforming|rendering|computing/.test(line)) tell(line.trim().slice(0, 60));
      },
    });
    writeFileSync(stamp, hash);
  });
}
