import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { EXIT_CONFIG } from '@chatmux/config';
import { z } from 'zod';
import { NEVER_DIED, nextRestart, type RestartState } from './restart-policy.ts';

const STOP_WITH_PARENT = new URL('../steps/stop-with-parent.mjs', import.meta.url).href;
const WATCH = ['--watch', '--watch-preserve-output'];
const STOP_DEADLINE_MS = 5000;
const LAST_WORDS_MS = 500;
const MOST_FAILED_STARTS = 5;

const readyMessage = z.looseObject({ type: z.literal('ready') });

/** One server to be kept alive. */
export interface ChildSpec {
  /** Shown in front of its output. */
  readonly name: string;
  readonly entry: string | URL;
  readonly args?: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Flags for Node. */
  readonly nodeFlags?: readonly string[];
  /** Started anew by Node itself when a file it loaded changes; a crash then waits for the next change. */
  readonly watch?: boolean;
  /** For a program that sends no ready message: what it prints when it is up. */
  readonly readyWhenOutput?: RegExp;
}

/** What the one who watches is told. */
export interface ChildEvents {
  /** A line of its own output. */
  output(line: string): void;
  /** Something about it that ends the sentence "the server …". */
  note(text: string): void;
  /** It can't run: a configuration error, or it never came up. Called once; it is not started again. */
  gaveUp(reason: string, exitCode: number): void;
}

/** A server process that is started again when it dies. */
export class SupervisedChild {
  readonly #spec: ChildSpec;
  readonly #events: ChildEvents;
  readonly #firstReady = Promise.withResolvers<void>();
  #process: ChildProcess | undefined;
  #restartTimer: NodeJS.Timeout | undefined;
  #state: RestartState = NEVER_DIED;
  #wasReady = false;
  #stopping = false;

  constructor(spec: ChildSpec, events: ChildEvents) {
    this.#spec = spec;
    this.#events = events;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Starts it; resolves when it says for the first time that it serves. Giving up is told by `gaveUp` alone. */
  start(): Promise<void> {
    this.#launch();
    return this.#firstReady.promise;
  }

  /** Asks it to end, waits 5 s at most, then ends it by force. Resolves when it is gone. */
  async stop(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#restartTimer);
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    const lastWords = once(child, 'close');
    child.kill('SIGTERM');
    const deadline = setTimeout(() => {
      this.#events.note(`did not stop within ${STOP_DEADLINE_MS / 1000} s and is ended by force`);
      child.kill('SIGKILL');
    }, STOP_DEADLINE_MS);
    await gone;
    clearTimeout(deadline);
    // What it said last may still be on its way; a process of its own that outlives it must not hold us up.
    await Promise.race([lastWords, sleep(LAST_WORDS_MS, undefined, { ref: false })]);
  }

  #launch(): void {
    const { entry, args = [], env, cwd, watch, nodeFlags = [] } = this.#spec;
    const startedAt = performance.now();
    const child = fork(entry instanceof URL ? fileURLToPath(entry) : entry, [...args], {
      env,
      ...(cwd === undefined ? {} : { cwd }),
      execArgv: [
        '--disable-warning=ExperimentalWarning',
        ...nodeFlags,
        '--import',
        STOP_WITH_PARENT,
        ...(watch ? WATCH : []),
      ],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // In a group of its own, so that a terminal's Ctrl-C reaches the supervisor alone and it stops them in order.
      detached: process.platform !== 'win32',
    });
    this.#process = child;
    for (const stream of [child.stdout, child.stderr]) if (stream) this.#passLines(stream, child);
    child.on('message', (message) => {
      if (readyMessage.safeParse(message).success) this.#onReady(child);
    });
    child.on('error', (error) => this.#events.note(`could not be reached: ${error.message}`));
    child.once('exit', (code, signal) => this.#onExit(code, signal, performance.now() - startedAt));
  }

  #onReady(child: ChildProcess): void {
    this.#events.note(`is up (pid ${child.pid})`);
    this.#wasReady = true;
    this.#firstReady.resolve();
  }

  #passLines(stream: NodeJS.ReadableStream, child: ChildProcess): void {
    let rest = '';
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        this.#events.output(line.trimEnd());
        if (this.#spec.readyWhenOutput?.test(line)) this.#onReady(child);
      }
    });
    stream.on('end', () => {
      if (rest) this.#events.output(rest);
    });
  }

  #onExit(code: number | null, signal: NodeJS.Signals | null, aliveMs: number): void {
    if (this.#stopping) return;
    const how = signal ? `was ended by ${signal}` : `ended with code ${code}`;
    if (code === EXIT_CONFIG) {
      this.#stopping = true;
      this.#events.gaveUp(
        `The ${this.#spec.name} server can’t start with what it was given; the reason is above.`,
        EXIT_CONFIG,
      );
      return;
    }
    const next = nextRestart(this.#state, aliveMs);
    this.#state = next.state;
    if (!this.#wasReady && next.state.quickDeaths >= MOST_FAILED_STARTS) {
      this.#stopping = true;
      this.#events.gaveUp(
        `The ${this.#spec.name} server died ${MOST_FAILED_STARTS} times before it was up (at last it ${how}); the reason is above.`,
        1,
      );
      return;
    }
    this.#events.note(`${how}; it starts again in ${next.delayMs} ms`);
    this.#restartTimer = setTimeout(() => this.#launch(), next.delayMs);
  }
}
