import { constants } from 'node:os';
import { PlainError } from '../steps/step.mjs';
import { type ChildSpec, SupervisedChild } from './supervised-child.ts';

/** Several servers that live and stop together. */
export interface Supervisor {
  /** Resolves when all are up; rejects with a `PlainError` when one can't come up. */
  start(): Promise<void>;
  /** Resolves when all are gone. Can be called more than once. */
  stop(): Promise<void>;
  /** Rejects when a server that was up gives up later; never resolves. */
  readonly failed: Promise<never>;
}

/** Makes a supervisor; `say` prints one line. */
export function createSupervisor(specs: readonly ChildSpec[], say: (line: string) => void): Supervisor {
  const failure = Promise.withResolvers<never>();
  failure.promise.catch(() => undefined); // whoever awaits `failed` or `start` sees it; alone it must not end the process
  const children = specs.map(
    (spec) =>
      new SupervisedChild(spec, {
        output: (line) => say(`${spec.name} | ${line}`),
        note: (text) => say(`${spec.name} ${text}`),
        gaveUp: (reason, exitCode) => failure.reject(new PlainError(reason, exitCode)),
      }),
  );
  return {
    failed: failure.promise,
    async start() {
      await Promise.race([Promise.all(children.map((child) => child.start())), failure.promise]);
    },
    async stop() {
      await Promise.all(children.map((child) => child.stop()));
    },
  };
}

/**
 * Runs until a signal comes or a server gives up, then stops all. Resolves with the exit code: 0 after Ctrl-C or
 * SIGTERM, since stopping is what was asked for. A second Ctrl-C ends at once.
 */
export async function runUntilStopped(
  supervisor: Supervisor,
  whenUp: () => void,
  say: (line: string) => void,
): Promise<number> {
  const asked = Promise.withResolvers<'asked'>();
  let signals = 0;
  const onSignal = (signal: NodeJS.Signals) => {
    signals += 1;
    if (signals > 1) process.exit(128 + constants.signals[signal]);
    say('Stopping …');
    asked.resolve('asked');
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  try {
    if ((await Promise.race([supervisor.start(), asked.promise])) !== 'asked') whenUp();
    await Promise.race([asked.promise, supervisor.failed]);
    return 0;
  } finally {
    await supervisor.stop();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, onSignal);
  }
}
