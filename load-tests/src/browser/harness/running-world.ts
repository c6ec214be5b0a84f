import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { freePorts } from './free-ports.ts';

const START = fileURLToPath(new URL('../../../../scripts/commands/start.ts', import.meta.url));
const READY_MS = 90_000;

/** A whole world as `npm start` runs it: supervisor, game server and SFU, on ports and data of its own. */
export class RunningWorld {
  readonly url: string;
  readonly port: number;
  readonly lines: string[] = [];
  private readonly child: ChildProcess;
  /** Its data. */
  readonly folder: string;

  private constructor(child: ChildProcess, port: number, folder: string) {
    this.child = child;
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
    this.folder = folder;
    for (const stream of [child.stdout, child.stderr])
      if (stream) createInterface({ input: stream }).on('line', (line) => this.lines.push(line));
  }

  /** @param env settings besides ports and data, as an operator would give them */
  static async start(env: Record<string, string> = {}): Promise<RunningWorld> {
    const [port = 0, control = 0, media = 0] = await freePorts(3);
    const folder = await mkdtemp(join(tmpdir(), 'chatmux-world-'));
    const child = spawn(process.execPath, [START, '--port', String(port), '--data', folder], {
      env: {
        ...process.env,
        // More of them want as many free ports in a row.
        SFU_WORKERS: '1',
        ...env,
        SFU_CONTROL_PORT: String(control),
        MEDIA_PORT: String(media),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const world = new RunningWorld(child, port, folder);
    await world.until('the world serves', async () => (await world.health())?.status === 'ok', READY_MS);
    const wanted = env.MEDIA === 'direct' ? 'down' : 'up';
    await world.until('media is ready', async () => (await world.health())?.media.sfu === wanted, READY_MS);
    return world;
  }

  /** What `/healthz` says; undefined while nobody answers. */
  async health(): Promise<{ status: string; people: number; media: { sfu: string } } | undefined> {
    try {
      return await (await fetch(`${this.url}/healthz`)).json();
    } catch {
      return undefined;
    }
  }

  /** Process id a server has now, as the supervisor says it. */
  pidOf(name: 'sfu' | 'game'): number {
    const said = this.lines.findLast((line) => line.includes(`${name} is up (pid `));
    const pid = Number(/pid (\d+)/.exec(said ?? '')?.[1]);
    if (!pid) throw new Error(`the supervisor named no pid of ${name}:\n${this.lines.join('\n')}`);
    return pid;
  }

  /** Ends a server as a crash would: kill −9. */
  kill(name: 'sfu' | 'game'): void {
    process.kill(this.pidOf(name), 'SIGKILL');
  }

  /** Ends the SFU's media workers as a crash would; its own process lives. Where Linux tells the children of a process. */
  async killWorkers(): Promise<void> {
    const pid = this.pidOf('sfu');
    const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
    const pids = children.split(' ').filter(Boolean).map(Number);
    if (pids.length === 0) throw new Error('the SFU has no workers');
    for (const worker of pids) process.kill(worker, 'SIGKILL');
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null) {
      const gone = once(this.child, 'exit');
      this.child.kill('SIGTERM');
      await gone;
    }
    await rm(this.folder, { recursive: true, force: true });
  }

  private async until(what: string, holds: () => Promise<boolean>, ms: number): Promise<void> {
    const end = performance.now() + ms;
    while (!(await holds())) {
      if (performance.now() > end || this.child.exitCode !== null)
        throw new Error(`${what}: not within ${ms} ms\n${this.lines.join('\n')}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
