import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePorts } from './free-ports.ts';

const READY_MS = 10_000;
/** Ports for relayed media: enough for the few connections of a test. */
const RELAY_PORTS = 60;

/** A real coturn on this machine alone, with a configuration of its own. */
export interface TurnServer {
  /** As TURN_URLS has it. */
  readonly url: string;
  readonly secret: string;
  /** What it said until now, line by line. */
  readonly lines: readonly string[];
  close(): Promise<void>;
}

/** Starts coturn: the one that TURNSERVER_BIN names, or Debian's. Rejects where there is none. */
export async function startTurnServer(): Promise<TurnServer> {
  const [port = 0] = await freePorts(1);
  const folder = await mkdtemp(join(tmpdir(), 'chatmux-turn-'));
  const secret = 'shared by the world and its turn server';
  const first = 50_000 + Math.floor(Math.random() * 10_000);
  const child = spawn(
    process.env.TURNSERVER_BIN ?? 'turnserver',
    [
      '-n',
      '--listening-ip=127.0.0.1',
      '--relay-ip=127.0.0.1',
      `--listening-port=${port}`,
      `--min-port=${first}`,
      `--max-port=${first + RELAY_PORTS}`,
      '--realm=chatmux.test',
      '--use-auth-secret',
      `--static-auth-secret=${secret}`,
      // Everybody is on this machine in a test; never outside of one.
      '--allow-loopback-peers',
      '--no-cli',
      '--no-tls',
      '--no-dtls',
      '--verbose',
      '--log-file=stdout',
      '--simple-log',
      `--userdb=${join(folder, 'turndb')}`,
      `--pidfile=${join(folder, 'turn.pid')}`,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], cwd: folder },
  );
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => lines.push(line));
  const gone = once(child, 'exit');
  try {
    await Promise.race([once(child, 'spawn'), once(child, 'error').then(([error]) => Promise.reject(error))]);
    await until(child, lines, (line) => /UDP listener opened on/i.test(line));
  } catch (error) {
    child.kill('SIGKILL');
    throw new Error(`coturn does not run (Debian's package coturn): ${String(error)}\n${lines.join('\n')}`);
  }
  return {
    url: `turn:127.0.0.1:${port}?transport=udp`,
    secret,
    lines,
    async close() {
      child.kill('SIGTERM');
      await gone;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function until(
  child: ChildProcess,
  lines: readonly string[],
  isIt: (line: string) => boolean,
): Promise<void> {
  const end = performance.now() + READY_MS;
  while (!lines.some(isIt)) {
    if (child.exitCode !== null || performance.now() > end) throw new Error('it did not begin to listen');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
