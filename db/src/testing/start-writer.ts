import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** Starts crash-writer.ts on a database; back when it has the database open. For tests only. */
export async function startWriter(file: string) {
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('./crash-writer.ts', import.meta.url)), file],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (text: string) => {
    output += text;
  });
  while (!output.includes('open\n')) await once(child.stdout, 'data');
  const ended = once(child, 'close');
  return {
    /** Keys of guests whose write was acknowledged until now. */
    acknowledged: () => output.split('\n').slice(1, -1),
    /** Ends it in the middle of its work. */
    async kill(): Promise<void> {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
