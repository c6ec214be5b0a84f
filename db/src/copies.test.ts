import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { backUpDatabase, restoreDatabase } from './copies.ts';
import { sqliteGuests } from './guests/sqlite-guests.ts';
import { openDatabase } from './open-database.ts';
import { scratchFolder } from './testing/scratch-folder.ts';
import { startWriter } from './testing/start-writer.ts';

const keyOf = (nth: number) => nth.toString(16).padStart(64, '0');

/** A database with so many guests. */
async function withGuests(count: number, file = join(scratchFolder(), 'chatmux.sqlite')): Promise<string> {
  const { db, close } = await openDatabase({ file });
  for (let nth = 0; nth < count; nth++)
    await sqliteGuests(db).visit(keyOf(nth), { name: `Guest ${nth}`, colour: 1 }, 1);
  await close();
  return file;
}

function guestsIn(file: string): string[] {
  const sqlite = new Database(file, { readonly: true });
  const keys = sqlite.prepare<[], string>('select key_hash from guests order by key_hash').pluck().all();
  sqlite.close();
  return keys;
}

describe('a backup', () => {
  it('of a database that is written to holds all that was acknowledged, and is whole again in another place', async () => {
    const file = join(scratchFolder(), 'chatmux.sqlite');
    const writer = await startWriter(file);
    const to = join(scratchFolder(), 'copy.sqlite');
    await expect.poll(() => writer.acknowledged().length).toBeGreaterThan(50);
    const before = writer.acknowledged();
    const counts = backUpDatabase({ file, to });
    await expect
      .poll(() => writer.acknowledged().length, { message: 'it goes on' })
      .toBeGreaterThan(before.length);
    await writer.kill();
    const copied = new Set(guestsIn(to));
    expect(before.filter((key) => !copied.has(key))).toEqual([]);
    expect(counts.guests).toBe(copied.size);
    expect(statSync(to).mode & 0o777).toBe(0o600);

    const elsewhere = join(scratchFolder(), 'data', 'chatmux.sqlite');
    expect(restoreDatabase({ file: elsewhere, from: to })).toEqual(counts);
    const { db, close } = await openDatabase({ file: elsewhere });
    expect(await sqliteGuests(db).find(before[0] ?? '')).toBeDefined();
    await close();
    expect(guestsIn(elsewhere)).toEqual([...copied]);
  });

  it('overwrites nothing, and is made of nothing else', async () => {
    const file = await withGuests(1);
    const folder = scratchFolder();
    const taken = join(folder, 'taken');
    writeFileSync(taken, 'a letter');
    expect(() => backUpDatabase({ file, to: taken })).toThrow(expect.objectContaining({ kind: 'exists' }));
    expect(readFileSync(taken, 'utf8')).toBe('a letter');
    const to = join(folder, 'copy');
    expect(() => backUpDatabase({ file: taken, to })).toThrow(
      expect.objectContaining({ kind: 'not-a-database' }),
    );
    expect(() => backUpDatabase({ file: join(folder, 'none'), to })).toThrow(
      expect.objectContaining({ kind: 'no-access' }),
    );
    expect(existsSync(to)).toBe(false);
  });
});

describe('a restore', () => {
  it('takes the place of what is there, which is kept and can be restored in turn', async () => {
    const file = await withGuests(3);
    const from = join(scratchFolder(), 'copy.sqlite');
    backUpDatabase({ file, to: from });
    await withGuests(5, file);
    expect(restoreDatabase({ file, from })).toMatchObject({ guests: 3 });
    expect([guestsIn(file).length, guestsIn(`${file}.before-restore`).length]).toEqual([3, 5]);
    restoreDatabase({ file, from: `${file}.before-restore` });
    expect([guestsIn(file).length, guestsIn(`${file}.before-restore`).length]).toEqual([5, 3]);
  });

  it('leaves no change behind that was only in the log of the one before', async () => {
    const file = await withGuests(2);
    const from = join(scratchFolder(), 'copy.sqlite');
    backUpDatabase({ file, to: from });
    // Killed in the middle of its work: its last changes are in the log alone.
    const writer = await startWriter(file);
    await expect.poll(() => writer.acknowledged().length).toBeGreaterThan(5);
    await writer.kill();
    expect(existsSync(`${file}-wal`)).toBe(true);
    restoreDatabase({ file, from });
    const { close } = await openDatabase({ file });
    await close();
    expect(guestsIn(file)).toEqual([keyOf(0), keyOf(1)]);
    expect(guestsIn(`${file}.before-restore`).length).toBeGreaterThan(7);
  });

  it('mends a damaged database, whose bytes are kept', async () => {
    const file = await withGuests(2);
    const from = join(scratchFolder(), 'copy.sqlite');
    backUpDatabase({ file, to: from });
    const damaged = readFileSync(file).fill(7, 100, 4000);
    writeFileSync(file, damaged);
    restoreDatabase({ file, from });
    expect(guestsIn(file)).toHaveLength(2);
    expect(readFileSync(`${file}.before-restore`).equals(damaged)).toBe(true);
  });

  it('changes nothing while a world runs, nor for a file that is no good', async () => {
    const file = await withGuests(2);
    const from = join(scratchFolder(), 'copy.sqlite');
    backUpDatabase({ file, to: from });
    const { close } = await openDatabase({ file });
    expect(() => restoreDatabase({ file, from })).toThrow(expect.objectContaining({ kind: 'in-use' }));
    await close();
    const half = join(scratchFolder(), 'half');
    writeFileSync(half, readFileSync(from).subarray(0, 3 * 4096));
    expect(() => restoreDatabase({ file, from: half })).toThrow(expect.objectContaining({ kind: 'corrupt' }));
    const newer = join(scratchFolder(), 'newer');
    backUpDatabase({ file, to: newer });
    const sqlite = new Database(newer);
    sqlite.pragma('user_version = 999');
    sqlite.close();
    expect(() => restoreDatabase({ file, from: newer })).toThrow(
      expect.objectContaining({ kind: 'too-new' }),
    );
    expect(guestsIn(file)).toHaveLength(2);
    expect(existsSync(`${file}.before-restore`)).toBe(false);
  });
});
