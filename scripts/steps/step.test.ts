import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PlainError, runLogged } from './step.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chatmux-step-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('runLogged', () => {
  it('keeps both outputs in the log and hands on whole lines', async () => {
    const log = join(folder, 'deep', 'x.log');
    const lines: string[] = [];
    const program = `process.stdout.write('[1/2] on'); setTimeout(() => { console.log('e'); console.error('err'); }, 50);`;
    await runLogged(process.execPath, ['-e', program], { log, onLine: (line) => lines.push(line) });
    expect(lines.sort()).toEqual(['[1/2] one', 'err']);
    expect(readFileSync(log, 'utf8')).toMatch(/^\$ .*\[1\/2\] one\n/s);
  });

  it('says what failed, how, its last words and where the log is', async () => {
    const log = join(folder, 'x.log');
    const failed = runLogged(process.execPath, ['-e', `console.error('no libuv here'); process.exit(3)`], {
      log,
    });
    await expect(failed).rejects.toBeInstanceOf(PlainError);
    await expect(failed).rejects.toThrow(
      /ended with code 3\.\n {4}no libuv here\n {2}The whole log: .*x\.log/,
    );
  });

  it('says so when the program is not there', async () => {
    const failed = runLogged('no-such-program-here', ['a'], { log: join(folder, 'x.log') });
    await expect(failed).rejects.toThrow(/no-such-program-here a could not be started/);
  });

  it.skipIf(process.platform === 'win32')(
    'takes the program along when it is ended itself',
    async () => {
      const pidFile = join(folder, 'pid');
      const inner = `require('fs').writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); setInterval(() => undefined, 1000)`;
      const module = JSON.stringify(new URL('./step.mjs', import.meta.url).href);
      const outer = `import { runLogged } from ${module};
      await runLogged(process.execPath, ['-e', ${JSON.stringify(inner)}], { log: ${JSON.stringify(join(folder, 'x.log'))} });`;
      const child = spawn(process.execPath, ['--input-type=module', '-e', outer], { stdio: 'ignore' });
      const pid = await vi.waitFor(() => Number(readFileSync(pidFile, 'utf8') || Number.NaN), {
        timeout: 20_000,
      });
      child.kill('SIGTERM');
      const [code] = await once(child, 'exit');
      expect(code).toBe(143);
      await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow(), { timeout: 20_000 });
    },
    60_000,
  );
});
