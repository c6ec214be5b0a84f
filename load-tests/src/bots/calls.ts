import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/**
 * Asks between a process and its children, over the channel that fork opens. Both ends are ours and start from the same
 * files, so what comes is taken as its type says.
 */
export type Calls = Record<string, (argument: never) => unknown>;

interface Question {
  number: number;
  name: string;
  argument: unknown;
}
interface Answer {
  number: number;
  result?: unknown;
  error?: string;
}

/** Answers the parent's questions, and ends this process when the parent is gone. */
export function answerCalls(calls: Calls): void {
  process.on('message', (message) => {
    const { number, name, argument } = message as Question;
    const work = async () => calls[name]?.(argument as never);
    work().then(
      (result) => process.send?.({ number, result } satisfies Answer),
      (error: unknown) =>
        process.send?.({
          number,
          error: error instanceof Error ? (error.stack ?? error.message) : `${error}`,
        }),
    );
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.('ready');
}

/** A child process that answers the calls of type C. */
export class Child<C extends Calls> {
  private readonly process: ChildProcess;
  private readonly name: string;
  private readonly waiting = new Map<number, { done(result: unknown): void; failed(error: Error): void }>();
  private asked = 0;

  private constructor(name: string, child: ChildProcess) {
    this.name = name;
    this.process = child;
    child.on('message', (message) => {
      if (message === 'ready') return;
      const { number, result, error } = message as Answer;
      const asker = this.waiting.get(number);
      this.waiting.delete(number);
      if (error !== undefined) asker?.failed(new Error(`${this.name}: ${error}`));
      else asker?.done(result);
    });
    child.once('exit', (code, signal) => {
      for (const { failed } of this.waiting.values())
        failed(new Error(`${this.name} ended (${signal ?? code}) before it answered`));
      this.waiting.clear();
    });
  }

  /** Starts a file that calls `answerCalls`. @param execArgv for Node, such as `--cpu-prof` */
  static async start<C extends Calls>(
    name: string,
    file: URL,
    options: { args?: string[]; env?: Record<string, string>; execArgv?: string[] } = {},
  ): Promise<Child<C>> {
    const { args = [], env = {}, execArgv = [] } = options;
    const child = fork(file, args, {
      env: { ...process.env, ...env },
      execArgv,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const started = new Child<C>(name, child);
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`${name} ended with ${code} before it was ready`);
    });
    await Promise.race([once(child, 'message'), ended]);
    ended.catch(() => undefined); // later, an end is told to whoever waits for an answer
    return started;
  }

  ask<K extends keyof C & string>(
    name: K,
    argument: Parameters<C[K]>[0],
  ): Promise<Awaited<ReturnType<C[K]>>> {
    return new Promise((resolve, reject) => {
      if (!this.process.connected) {
        reject(new Error(`${this.name} has ended`));
        return;
      }
      const number = this.asked++;
      this.waiting.set(number, {
        done: (result) => resolve(result as Awaited<ReturnType<C[K]>>),
        failed: reject,
      });
      this.process.send({ number, name, argument } satisfies Question);
    });
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const gone = once(this.process, 'exit');
    this.process.disconnect();
    await gone;
  }
}
