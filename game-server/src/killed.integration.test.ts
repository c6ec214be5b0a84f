import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ApiVisitor } from './testing/account-server.ts';

/** For long: KILLS=50. */
const KILLS = Number(process.env.KILLS ?? 4);
/** Who writes at the same time. */
const WRITERS = 4;
const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

let folder: string;
let port: number;
let child: ChildProcess | undefined;
const output: string[] = [];

/** What was acknowledged: people, and what each of them wrote last. */
const people: { readonly api: ApiVisitor; name: string; asked: string | undefined; friends: number }[] = [];
let addresses = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'chatmux-killed-'));
  const free = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => free.once('listening', resolve));
  port = (free.address() as { port: number }).port;
  await new Promise((resolve) => free.close(resolve));
});
afterAll(async () => {
  await end('SIGKILL');
  rmSync(folder, { recursive: true });
});

/** Starts the server on what the one before has left. */
async function start(): Promise<void> {
  const running = fork(MAIN, {
    silent: true,
    execArgv: [],
    env: {
      ...process.env,
      HOST: '127.0.0.1',
      PORT: String(port),
      DATA_DIR: folder,
      MEDIA: 'direct',
      // Each writer comes from an address of their own: limits are for others to test.
      TRUST_PROXY: 'on',
    },
  });
  child = running;
  for (const stream of [running.stdout, running.stderr])
    stream?.on('data', (data) => output.push(String(data)));
  await new Promise<void>((resolve, reject) => {
    running.once('message', () => resolve());
    running.once('exit', (code) => reject(new Error(`it ended with ${code}:\n${output.join('')}`)));
  });
}

async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  const ending = child;
  child = undefined;
  if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
  const gone = new Promise((resolve) => ending.once('exit', resolve));
  ending.kill(signal);
  await gone;
}

/** Writes until the server is gone. Only what was answered counts as acknowledged. */
async function write(writer: number): Promise<void> {
  for (let i = 0; ; i++) {
    try {
      const api = new ApiVisitor({ port });
      addresses += 1;
      api.address = `10.${writer}.${addresses >> 8}.${addresses & 255}`;
      const made = await api.join(`W${writer} ${addresses}`);
      if (made.status !== 200) throw new Error(`a writer was refused: ${made.text}`);
      const person = {
        api,
        name: made.body.account.name,
        asked: undefined as string | undefined,
        friends: 0,
      };
      people.push(person);
      person.asked = `${person.name} b`;
      const look = await api.ask('/api/me/look', { name: person.asked, colour: 1 });
      if (look.status === 200) [person.name, person.asked] = [person.asked, undefined];
      const other = people[Math.floor(i / 2)];
      const { account } = (await api.ask('/api/me')).body;
      if (other && other !== person) {
        const { status } = await other.api.ask('/api/friends/request', { id: account.id });
        if (status === 200) person.friends += 1;
      }
    } catch (error) {
      // It was killed in the middle: nobody was told that this was done.
      if (error instanceof Error && /refused:/.test(error.message)) throw error;
      return;
    }
  }
}

it(`loses nothing that it has acknowledged, killed ${KILLS} times while it writes`, {
  timeout: 60_000 + KILLS * 10_000,
}, async () => {
  for (let kill = 0; kill < KILLS; kill++) {
    await start();
    const writes = Array.from({ length: WRITERS }, (_, writer) => write(writer));
    // At another moment of what it does each time.
    await new Promise((resolve) => setTimeout(resolve, 200 + ((kill * 137) % 400)));
    await end('SIGKILL');
    await Promise.all(writes);
  }
  expect(people.length, 'something was written').toBeGreaterThan(KILLS);
  await start();
  for (const { api, name, asked } of people) {
    const { body } = await api.ask('/api/me');
    // What was asked and not answered may have been done, or not.
    expect([name, asked], `who was acknowledged as ${name}`).toContain(body.account?.name);
  }
  await end('SIGTERM');
  const database = new DatabaseSync(join(folder, 'chatmux.sqlite'), { readOnly: true });
  expect(database.prepare('pragma integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
  const { count } = database.prepare('select count(*) as count from friend_requests').get() as {
    count: number;
  };
  const acknowledged = people.reduce((sum, { friends }) => sum + friends, 0);
  expect(count, 'requests that were acknowledged').toBeGreaterThanOrEqual(acknowledged);
  expect(acknowledged).toBeGreaterThan(0);
  database.close();
});
