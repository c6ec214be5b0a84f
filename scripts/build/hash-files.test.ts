import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashFiles } from './hash-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chatmux-hash-'));
  mkdirSync(join(folder, 'src', 'deep'), { recursive: true });
  writeFileSync(join(folder, 'src', 'a.ts'), 'one');
  writeFileSync(join(folder, 'src', 'deep', 'b.ts'), 'two');
});
afterEach(() => rmSync(folder, { recursive: true }));

const hash = () => hashFiles(folder, ['src', 'missing', 'src/a.ts'], (path) => path.endsWith('.test.ts'));

describe('hashFiles', () => {
  it('changes with content, names and new files; not with what is skipped or built', () => {
    const before = hash();
    writeFileSync(join(folder, 'src', 'a.test.ts'), 'x');
    mkdirSync(join(folder, 'src', 'dist'));
    writeFileSync(join(folder, 'src', 'dist', 'out.js'), 'x');
    expect(hash()).toBe(before);

    writeFileSync(join(folder, 'src', 'deep', 'b.ts'), 'Two');
    const changed = hash();
    expect(changed).not.toBe(before);
    renameSync(join(folder, 'src', 'deep', 'b.ts'), join(folder, 'src', 'deep', 'c.ts'));
    const renamed = hash();
    expect(renamed).not.toBe(changed);
    writeFileSync(join(folder, 'src', 'new.ts'), '');
    expect(hash()).not.toBe(renamed);
  });
});
