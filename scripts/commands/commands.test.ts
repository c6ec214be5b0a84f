import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '@chatmux/db';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROOT } from '../steps/project.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chatmux-commands-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs a command as npm would, up to its end. */
async function run(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ code: number; out: string; errors: string }> {
  const child = spawn(process.execPath, [join(ROOT, 'scripts', 'run.mjs'), ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const [code] = await once(child, 'close');
  return { code, out, errors };
}

describe('npm start, before anything runs', { timeout: 30_000 }, () => {
  it('helps', async () => {
    const { code, out, errors } = await run(['start', '--help']);
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(out).toContain('npm start -- --https');
  });

  it('stops at bad settings, naming each, without a stack trace', async () => {
    const { code, errors } = await run(['start', '--port', 'abc', '--data', folder], { MEDIA: 'none' });
    expect(code).toBe(78);
    expect(errors).toContain('--port is "abc"; allowed is a whole number from 1 to 65535.');
    expect(errors).toContain('MEDIA is "none"; allowed is auto, sfu or direct.');
    expect(errors).not.toMatch(/^\s+at /m);
  });

  it('says that a port is taken', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? String(address.port) : '';
    const { code, errors } = await run(['start', '--port', port, '--data', folder], {
      MEDIA: 'direct',
      HOST: '127.0.0.1',
    });
    await new Promise((resolve) => server.close(resolve));
    expect(code).toBe(1);
    expect(errors).toContain(`Port ${port} on 127.0.0.1 is taken by another program.`);
  });

  it('says that the data folder can’t be used', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    const { code, errors } = await run(['start', '--data', file]);
    expect(code).toBe(1);
    expect(errors).toContain(`The data folder ${file} can’t be used`);
  });
});

describe('the other commands', { timeout: 30_000 }, () => {
  it('name what there is when something else is asked for', async () => {
    expect((await run(['stat'])).errors).toContain('there are start, dev, test, bench');
    expect((await run(['test', 'everything'])).errors).toContain(
      'there are types, lint, boundaries, unused, unit, integration, browser',
    );
    const bench = await run(['bench', 'nothing-like-it']);
    expect(bench.code).toBe(1);
    expect(bench.errors).toContain('There is no benchmark called nothing-like-it');
  });
});

describe('npm run backup and restore', { timeout: 30_000 }, () => {
  it('copy the database and put the copy back', async () => {
    const file = join(folder, 'chatmux.sqlite');
    await (await openDatabase({ file })).close();
    const copy = join(folder, 'copies', 'one.sqlite');
    const made = await run(['backup', copy, '--data', folder]);
    expect(made).toMatchObject({ code: 0, errors: '' });
    expect(made.out).toContain(`npm run restore -- ${copy}`);
    rmSync(file);
    expect(await run(['restore', copy, '--data', folder])).toMatchObject({ code: 0, errors: '' });
    await (await openDatabase({ file })).close();
  });

  it('say what is wrong, without a stack trace', async () => {
    for (const [args, words] of [
      [['backup', '--data', folder], 'can’t be opened'],
      [['restore', '--data', folder], 'Say which copy'],
      [['restore', 'a', 'b'], 'One file at a time'],
      [['backup', '--dta', folder], '--dta'],
    ] as const) {
      const { code, errors } = await run(args);
      expect(code).toBe(1);
      expect(errors.replaceAll("'", '’')).toContain(words);
      expect(errors).not.toMatch(/^\s+at /m);
    }
  });
});
