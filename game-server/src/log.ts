import type { Config } from '@chatmux/config';

const LEVELS = ['error', 'warn', 'info', 'debug'] as const;

export interface Log {
  error(text: string, error?: unknown): void;
  warn(text: string): void;
  info(text: string): void;
  debug(text: string): void;
}

/** Lines for people on standard output; errors with their stack on standard error. */
export function createLog(level: Config['logLevel']): Log {
  const on = (at: (typeof LEVELS)[number]) => LEVELS.indexOf(at) <= LEVELS.indexOf(level);
  return {
    error: (text, error) => console.error(text, error ?? ''),
    warn: (text) => on('warn') && console.warn(text),
    info: (text) => on('info') && console.log(text),
    debug: (text) => on('debug') && console.log(text),
  };
}
