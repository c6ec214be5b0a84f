import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

// The worker's own way to say "I run, but nobody told me the version": proof that all its libraries are found.
const NO_VERSION_GIVEN = 41;

/** Starts the binary for a moment. Gives what is wrong with it, or undefined when it runs on this machine. */
export function whyItDoesNotRun(binary: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(binary, [], { stdio: ['ignore', 'ignore', 'pipe'], env: {}, timeout: 10_000 });
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
    });
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => {
      if (code === NO_VERSION_GIVEN) resolve(undefined);
      else resolve(errors.trim().split('\n').at(-1) || `it ended with ${signal ?? `code ${code}`}`);
    });
  });
}

/**
 * Has mediasoup itself start the binary and close it again: slower (about 0.3 s), and also shows that both speak the
 * same protocol. Rejects with what went wrong.
 */
export async function startOnce(root: string, binary: string): Promise<void> {
  const entry = createRequire(join(root, 'sfu', 'package.json')).resolve('mediasoup');
  const { createWorker } = await import(pathToFileURL(entry).href);
  const worker = await createWorker({ workerBin: binary, logLevel: 'none' });
  worker.close();
}
