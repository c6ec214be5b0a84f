import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it, vi } from 'vitest';
import { connectSfu } from './client/index.ts';
import { freeMediaPort, SECRET } from './testing/sfu-under-test.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
let child: ChildProcess | undefined;

afterEach(() => {
  if (child?.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
});

async function start(variables: Record<string, string>) {
  const controlPort = await freeMediaPort();
  const running = fork(MAIN, {
    silent: true,
    execArgv: [],
    env: {
      ...process.env,
      SFU_SECRET: SECRET,
      SFU_CONTROL_PORT: String(controlPort),
      MEDIA_PORT: String(await freeMediaPort()),
      MEDIA_LISTEN_IP: '127.0.0.1',
      MEDIA_ANNOUNCED_ADDRESS: '',
      SFU_WORKERS: '1',
      LOG_LEVEL: 'debug',
      ...variables,
    },
  });
  child = running;
  let output = '';
  running.stderr?.on('data', (data) => {
    output += String(data);
  });
  const exit = new Promise<number | null>((resolve) => running.once('exit', resolve));
  const ready = new Promise<unknown>((resolve) => running.once('message', resolve));
  return { running, controlPort, exit, ready, output: () => output };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function workerOf(controlPort: number): Promise<number> {
  let up: () => void = () => undefined;
  const connected = new Promise<void>((resolve) => {
    up = resolve;
  });
  const client = connectSfu({
    url: `ws://127.0.0.1:${controlPort}`,
    secret: SECRET,
    onEvent: () => undefined,
    onSpeaking: () => undefined,
    onDraining: () => undefined,
    onUp: up,
    onDown: () => undefined,
    log: { info: () => undefined, warn: () => undefined },
  });
  await connected;
  const [pid] = (await client.stats()).workerPids;
  await client.close();
  if (pid === undefined) throw new Error('no worker serves');
  return pid;
}

it('says when it serves, and ends cleanly with its worker on SIGTERM', async () => {
  const { running, controlPort, exit, ready, output } = await start({});
  expect(await ready).toEqual({ type: 'ready', controlPort });
  const worker = await workerOf(controlPort);
  running.kill('SIGTERM');
  expect(await exit).toBe(0);
  await vi.waitFor(() => expect(isAlive(worker)).toBe(false));
  expect(output()).not.toContain(SECRET);
});

it('goes on with another worker when its worker is killed', async () => {
  const { running, controlPort, ready, output } = await start({});
  await ready;
  const before = await workerOf(controlPort);
  process.kill(before, 'SIGKILL');
  await vi.waitFor(() => expect(output()).toContain('serves again'), 10_000);
  expect(await workerOf(controlPort)).not.toBe(before);
  expect(running.exitCode).toBeNull();
});

it('gives up with 1 when no worker stays alive', async () => {
  const { controlPort, exit, ready, output } = await start({});
  await ready;
  for (let death = 0; death < 5; death++) {
    const pid = await vi.waitFor(() => workerOf(controlPort), 10_000);
    process.kill(pid, 'SIGKILL');
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false));
    await vi.waitFor(() => expect(output().match(/worker died/g)).toHaveLength(death + 1));
  }
  expect(await exit).toBe(1);
  expect(output()).toContain('no mediasoup worker stays alive');
});

it('does not wait for its deadline when nobody is connected', async () => {
  const { running, exit, ready, output } = await start({ SFU_DRAIN_SECONDS: '3600' });
  await ready;
  running.kill('SIGTERM');
  // Nobody is connected: there is nothing to wait for.
  expect(await exit).toBe(0);
  expect(output()).toContain('draining');
});

it('ends when the supervisor is gone', async () => {
  const { running, exit, ready } = await start({});
  await ready;
  running.disconnect();
  expect(await exit).toBe(0);
});

it.each([
  [{ SFU_SECRET: '' }, 78, 'SFU_SECRET'],
  [{ MEDIA_PORT: 'many' }, 78, 'MEDIA_PORT'],
  [{ MEDIA_LISTEN_IP: '0.0.0.0' }, 78, 'MEDIA_ANNOUNCED_ADDRESS'],
  [{ MEDIASOUP_WORKER_BIN: '/nowhere/mediasoup-worker' }, 1, 'MEDIASOUP_WORKER_BIN'],
  // An address of the documentation range: nobody has it.
  [{ MEDIA_LISTEN_IP: '192.0.2.1' }, 1, 'MEDIA_LISTEN_IP'],
  [{ SFU_CONTROL_HOST: '192.0.2.1' }, 1, 'SFU_CONTROL_HOST'],
  [{ MEDIA_LISTEN_IP6: '::' }, 78, 'MEDIA_ANNOUNCED_ADDRESS6'],
  [{ SFU_WORKERS: '0' }, 78, 'SFU_WORKERS'],
])('with %o exits with %i and names what to change', async (variables, code, name) => {
  const { exit, output } = await start(variables);
  expect(await exit).toBe(code);
  expect(output()).toContain(name);
});
