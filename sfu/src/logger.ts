const LEVELS = ['error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LEVELS)[number];

/** Values beside a log line. Never a secret, never a parameter block of a person. */
export type LogDetails = Readonly<Record<string, string | number | boolean | undefined>>;

/** One line a call. error: something is broken; warn: it was handled, look at it; info: life of the process; debug: the rest. */
export type Log = Readonly<Record<LogLevel, (message: string, details?: LogDetails) => void>>;

/**
 * A logger that writes lines up to `level`.
 * @param write takes one line without its end; standard error unless given
 */
export function createLogger(level: LogLevel, write: (line: string) => void = writeToStandardError): Log {
  const line =
    (at: LogLevel): Log[LogLevel] =>
    (message, details = {}) => {
      if (LEVELS.indexOf(at) > LEVELS.indexOf(level)) return;
      const pairs = Object.entries(details).map(
        ([name, value]) => ` ${name}=${JSON.stringify(value) ?? '-'}`,
      );
      write(`${new Date().toISOString()} sfu ${at} ${message}${pairs.join('')}`);
    };
  return { error: line('error'), warn: line('warn'), info: line('info'), debug: line('debug') };
}

/** The words of anything that was thrown. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function writeToStandardError(line: string): void {
  process.stderr.write(`${line}\n`);
}
