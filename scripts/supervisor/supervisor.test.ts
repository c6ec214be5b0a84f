import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PlainError } from '../steps/step.mjs';
import { createSupervisor, type Supervisor } from './supervisor.ts';

// Real processes: what is kept alive here are small programs written to a folder of their own.
const READY = `process.send({ type: 'ready' });`;
const LIVE = `setInterval(() => undefined, 1000); process.on('SIGTERM', () => { console.log('goodbye'); process.exit(0); });`;

let folder: string;
let lines: string[];
let supervisor: Supervisor | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chatmux-supervisor-'));
  lines = [];
});
afterEach(async () => {
  await supervisor?.stop();
  rmSync(folder, { recursive: true });
});

function supervise(programs: Record<string, string>): Supervisor {
  const specs = Object.entries(programs).map(([name, program]) => {
    const entry = join(folder, `${name}.mjs`);
    writeFileSync(entry, program);
    return { name, entry, env: process.env };
  });
  supervisor = createSupervisor(specs, (line) => lines.push(line));
  return supervisor;
}

const pidsOf = (name: string) =>
  lines.flatMap((line) => new RegExp(`^${name} is up \\(pid (\\d+)\\)$`).exec(line)?.[1] ?? []).map(Number);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

// Starting Node takes its time on a busy machine: the limits here only catch what hangs.
describe('createSupervisor', { timeout: 30_000 }, () => {
  it('is up when all say so, tells pids and puts names before output', async () => {
    await supervise({
      one: `console.log('hello'); ${LIVE} ${READY}`,
      two: `console.error('oh'); ${LIVE} ${READY}`,
    }).start();
    expect(pidsOf('one').map(isAlive)).toEqual([true]);
    expect(pidsOf('two').map(isAlive)).toEqual([true]);
    await vi.waitFor(() => expect(lines).toEqual(expect.arrayContaining(['one | hello', 'two | oh'])));
  });

  it('brings back what is killed, soon, and leaves the other alone', async () => {
    await supervise({ one: LIVE + READY, two: LIVE + READY }).start();
    const [before] = pidsOf('one');
    process.kill(before ?? 0, 'SIGKILL');
    await vi.waitFor(() => expect(pidsOf('one')).toHaveLength(2), { timeout: 10_000 });
    expect(lines).toContain('one was ended by SIGKILL; it starts again in 100 ms');
    expect(isAlive(pidsOf('one')[1] ?? 0)).toBe(true);
    expect(pidsOf('two')).toHaveLength(1);
  });

  it('stops all in their orderly way', async () => {
    const all = supervise({ one: LIVE + READY, two: LIVE + READY });
    await all.start();
    await all.stop();
    expect(lines.filter((line) => line.endsWith('| goodbye'))).toHaveLength(2);
    expect([...pidsOf('one'), ...pidsOf('two')].map(isAlive)).toEqual([false, false]);
  });

  it('ends by force what does not stop in 5 s', async () => {
    const all = supervise({
      deaf: `process.on('SIGTERM', () => undefined); setInterval(() => undefined, 1000); ${READY}`,
    });
    await all.start();
    await all.stop();
    expect(pidsOf('deaf').map(isAlive)).toEqual([false]);
    expect(lines).toContain('deaf did not stop within 5 s and is ended by force');
  });

  it('does not try again after a configuration error', async () => {
    const count = join(folder, 'count');
    const failed = supervise({
      bad: `import fs from 'node:fs'; fs.appendFileSync(${JSON.stringify(count)}, 'x'); process.exit(78);`,
    }).start();
    await expect(failed).rejects.toMatchObject({ name: 'PlainError', exitCode: 78 });
    expect(readFileSync(count, 'utf8')).toBe('x');
  });

  it('gives up on one that never comes up', async () => {
    const failed = supervise({ bad: `throw new Error('no way');` }).start();
    await expect(failed).rejects.toBeInstanceOf(PlainError);
    await vi.waitFor(() =>
      expect(lines.filter((line) => line.includes('no way')).length).toBeGreaterThanOrEqual(5),
    );
  });

  it('takes the servers along when the supervisor itself is killed', async () => {
    const server = join(folder, 'server.mjs');
    writeFileSync(server, LIVE + READY);
    const module = new URL('./supervisor.ts', import.meta.url).href;
    const outer = `
      import { createSupervisor } from ${JSON.stringify(module)};
      await createSupervisor([{ name: 'inner', entry: ${JSON.stringify(server)}, env: process.env }], console.log).start();
      process.send({ type: 'ready' });`;
    await supervise({ outer }).start();
    const inner = await vi.waitFor(() => {
      const pid = lines.flatMap((line) => /^outer \| inner is up \(pid (\d+)\)/.exec(line)?.[1] ?? [])[0];
      expect(pid).toBeDefined();
      return Number(pid);
    });
    process.kill(pidsOf('outer')[0] ?? 0, 'SIGKILL');
    await vi.waitFor(() => expect(isAlive(inner)).toBe(false), { timeout: 10_000 });
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('ends with 0 after %s, with all servers gone', async (signal) => {
    const server = join(folder, 'server.mjs');
    writeFileSync(server, LIVE + READY);
    const program = join(folder, 'program.mjs');
    const module = JSON.stringify(new URL('./supervisor.ts', import.meta.url).href);
    writeFileSync(
      program,
      `import { createSupervisor, runUntilStopped } from ${module};
       const all = createSupervisor([{ name: 'inner', entry: ${JSON.stringify(server)}, env: process.env }], console.log);
       process.exitCode = await runUntilStopped(all, () => console.log('all up'), console.log);`,
    );
    const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (text.includes('all up')) child.kill(signal);
    });
    const [code] = await once(child, 'close');
    expect(code).toBe(0);
    expect(said).toContain('inner | goodbye');
    expect(isAlive(Number(/pid (\d+)/.exec(said)?.[1]))).toBe(false);
  });
});
