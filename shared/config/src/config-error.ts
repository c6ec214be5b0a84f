/** The exit code of a server that can't start with what it was given (EX_CONFIG); the supervisor doesn't try again. */
export const EXIT_CONFIG = 78;

/** One value that can't be used. `given` never holds a secret. */
export interface ConfigProblem {
  /** The variable or flag, as the person wrote it. */
  readonly name: string;
  readonly given: string;
  readonly allowed: string;
}

/** Thrown by `parseConfig` and `parseFlags` with everything that is wrong at once; its message can be shown as it is. */
export class ConfigError extends Error {
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    const lines = problems.map(
      (problem) => `  ${problem.name} is ${problem.given}; allowed is ${problem.allowed}.`,
    );
    super(
      [
        problems.length === 1 ? 'One setting can’t be used:' : `${problems.length} settings can’t be used:`,
        ...lines,
      ].join('\n'),
    );
    this.name = 'ConfigError';
    this.problems = problems;
  }
}
