import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parseConfig } from './parse-config.ts';
import { VARIABLE_NAMES } from './variables.ts';

const text = readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8');

describe('.env.example', () => {
  it('names the very variables that are read, each once', () => {
    const named = [...text.matchAll(/^#? ?([A-Z][A-Z0-9_]*)=/gm)].map((match) => match[1]);
    expect(named.sort()).toEqual([...VARIABLE_NAMES].sort());
  });

  it('can be used as it stands, and with every line uncommented', () => {
    expect(parseConfig(parseEnv(text))).toEqual(parseConfig({}));
    expect(() => parseConfig(parseEnv(text.replace(/^# (?=[A-Z][A-Z0-9_]*=)/gm, '')))).not.toThrow();
  });

  it('has a line of words above each', () => {
    const lines = text.split('\n');
    for (const [index, line] of lines.entries()) {
      if (/^# [A-Z][A-Z0-9_]*=/.test(line)) expect(lines[index - 1]).toMatch(/^# .*[.]$/);
    }
  });
});
