import { describe, expect, it } from 'vitest';
import { ConfigError } from './config-error.ts';
import { parseFlags } from './parse-flags.ts';

describe('parseFlags', () => {
  it('reads every flag, in both forms', () => {
    expect(parseFlags(['--port', '80', '--host=::1', '--data', 'a b', '--https'])).toEqual({
      help: false,
      flags: { port: '80', host: '::1', data: 'a b', https: true },
    });
    expect(parseFlags(['-h'])).toEqual({ help: true, flags: {} });
    expect(parseFlags([])).toEqual({ help: false, flags: {} });
  });

  it.each([[['--nope']], [['stray']], [['--port']], [['--https=on']], [['--port', '--https']]])(
    'refuses %j in plain words',
    (argv) => {
      expect(() => parseFlags(argv)).toThrow(ConfigError);
      expect(() => parseFlags(argv)).toThrow(/allowed is --help, --port NUMBER/);
    },
  );
});
