import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readEnvironment } from './environment.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chatmux-env-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('readEnvironment', () => {
  it('adds .env; what is really set wins', () => {
    writeFileSync(join(folder, '.env'), '# words\nPORT=1\nICE_SERVERS=\'[{"urls":"stun:a"}]\'\n');
    expect(readEnvironment(folder, { PORT: '2', HOST: 'h' })).toEqual({
      PORT: '2',
      HOST: 'h',
      ICE_SERVERS: '[{"urls":"stun:a"}]',
    });
  });

  it('is the environment alone without one', () => {
    expect(readEnvironment(folder, { PORT: '2' })).toEqual({ PORT: '2' });
  });
});
