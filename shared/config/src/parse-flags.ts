import { parseArgs } from 'node:util';
import { ConfigError } from './config-error.ts';

/** Flags of `npm start` that stand for settings, as the person typed them; `parseConfig` checks their values. */
export interface Flags {
  readonly port?: string;
  readonly host?: string;
  readonly data?: string;
  readonly https?: true;
}

const OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  port: { type: 'string', short: 'p' },
  host: { type: 'string' },
  data: { type: 'string' },
  https: { type: 'boolean' },
} as const;

/**
 * Reads the words after `npm start --`. Throws `ConfigError` for a flag that doesn't exist, one without its value, or a
 * stray word.
 */
export function parseFlags(argv: readonly string[]): { help: boolean; flags: Flags } {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: OPTIONS,
      strict: true,
      allowPositionals: false,
    });
    const flags: Flags = {
      ...(values.port === undefined ? {} : { port: values.port }),
      ...(values.host === undefined ? {} : { host: values.host }),
      ...(values.data === undefined ? {} : { data: values.data }),
      ...(values.https === true ? { https: true } : {}),
    };
    return { help: values.help === true, flags };
  } catch (error) {
    if (!(error instanceof TypeError) || !('code' in error)) throw error;
    throw new ConfigError([
      {
        name: 'The command line',
        given: JSON.stringify(argv.join(' ')),
        allowed: '--help, --port NUMBER, --host ADDRESS, --data FOLDER and --https',
      },
    ]);
  }
}
