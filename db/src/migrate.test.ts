import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { MIGRATIONS, type Migration } from '../migrations/index.ts';
import { sqliteFriends } from './friends/sqlite-friends.ts';
import { sqliteGuests } from './guests/sqlite-guests.ts';
import { openDatabase } from './open-database.ts';
import { scratchFolder } from './testing/scratch-folder.ts';

const KEY = 'd'.repeat(64);
const NEXT: Migration = {
  name: '9998-hats',
  up: async (db) => {
    await sql`create table hats (id integer primary key) strict`.execute(db);
  },
};
const FAULTY: Migration = {
  name: '9999-faulty',
  up: async (db) => {
    await sql`create table half (id integer primary key) strict`.execute(db);
    throw new Error('on purpose');
  },
};

/** Tables of the newest version. */
const TABLES = [
  'blocks',
  'deeds',
  'friend_requests',
  'friendships',
  'github_accounts',
  'guests',
  'identities',
  'invites',
  'passkeys',
  'recovery_codes',
  'roles',
  'sanctions',
  'server_keys',
  'sessions',
  'world_locks',
];
const withHats = [...TABLES, 'hats'].sort();

async function withOneGuest(file: string): Promise<void> {
  const { db, close } = await openDatabase({ file });
  await sqliteGuests(db).visit(KEY, { name: 'Ann', colour: 2 }, 1);
  await close();
}

function readTables(file: string): unknown[] {
  const raw = new Database(file, { readonly: true });
  const names = raw.prepare(
    "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by name",
  );
  const tables = names.pluck().all();
  raw.close();
  return tables;
}

describe('migrations', () => {
  it('are the files in migrations/, numbered from 1 without a gap', () => {
    const files = readdirSync(join(import.meta.dirname, '..', 'migrations'))
      .filter((name) => name !== 'index.ts')
      .map((name) => name.replace(/\.ts$/, ''))
      .sort();
    expect(MIGRATIONS.map(({ name }) => name)).toEqual(files);
    expect(files.map((name) => Number(name.slice(0, 4)))).toEqual(files.map((_, index) => index + 1));
  });

  it('make the tables from nothing, without a backup of nothing', async () => {
    const file = join(scratchFolder(), 'chatmux.sqlite');
    const told: string[] = [];
    const { close } = await openDatabase({ file, log: (message) => told.push(message) });
    await close();
    expect(readTables(file)).toEqual(TABLES);
    expect(told).toEqual(
      MIGRATIONS.map(({ name }, index) => `database brought to version ${index + 1} (${name})`),
    );
    expect(existsSync(`${file}.v1.backup`)).toBe(false);
  });

  it('let people be found whose names were kept before names could be searched', async () => {
    const file = join(scratchFolder(), 'chatmux.sqlite');
    const before = await openDatabase({ file, migrations: MIGRATIONS.slice(0, 3) });
    await sql`insert into identities values (${'A'.repeat(22)}, 'Änn', 1, 1, 1)`.execute(before.db);
    await before.close();
    const { db, close } = await openDatabase({ file });
    expect(await sqliteFriends(db).search('B'.repeat(22), 'ann', 5)).toMatchObject([{ name: 'Änn' }]);
    await close();
  });

  it('do nothing the second time', async () => {
    const file = join(scratchFolder(), 'chatmux.sqlite');
    await withOneGuest(file);
    const told: string[] = [];
    const { close } = await openDatabase({ file, log: (message) => told.push(message) });
    await close();
    expect(told).toEqual([]);
  });

  it('keep a copy of the old database that opens and is whole', async () => {
    const file = join(scratchFolder(), 'chatmux.sqlite');
    await withOneGuest(file);
    const newer = await openDatabase({ file, migrations: [...MIGRATIONS, NEXT] });
    await newer.close();
    expect(readTables(file)).toEqual(withHats);

    const backup = `${file}.v${MIGRATIONS.length}.backup`;
    expect(statSync(backup).mode & 0o777).toBe(0o600);
    expect(readTables(backup)).toEqual(TABLES);
    const old = await openDatabase({ file: backup });
    expect(await sqliteGuests(old.db).find(KEY)).toMatchObject({ name: 'Ann' });
    await old.close();
  });

  it('undo a step that fails, keep those before it, and can go on from there', async () => {
    const file = join(scratchFolder(), 'chatmux.sqlite');
    await withOneGuest(file);
    await expect(openDatabase({ file, migrations: [...MIGRATIONS, NEXT, FAULTY] })).rejects.toMatchObject({
      name: 'DatabaseProblem',
      kind: 'migration-failed',
      message: expect.stringContaining('9999-faulty'),
    });
    expect(readTables(file)).toEqual(withHats);
    const { db, close } = await openDatabase({ file, migrations: [...MIGRATIONS, NEXT] });
    expect(await sqliteGuests(db).find(KEY)).toBeDefined();
    await close();
  });

  it.each(MIGRATIONS.map(({ name }, index) => [name, index] as const))(
    '%s, when it fails at its end, leaves the version before as it was',
    async (name, index) => {
      const file = join(scratchFolder(), 'chatmux.sqlite');
      const before = MIGRATIONS.slice(0, index);
      await (await openDatabase({ file, migrations: before })).close();
      const tables = readTables(file);
      const step = MIGRATIONS[index];
      const failing: Migration = {
        name,
        up: async (db) => {
          await step?.up(db);
          throw new Error('the lights went out');
        },
      };
      await expect(openDatabase({ file, migrations: [...before, failing] })).rejects.toMatchObject({
        kind: 'migration-failed',
      });
      expect(readTables(file)).toEqual(tables);
      await (await openDatabase({ file })).close();
      expect(readTables(file)).toEqual(TABLES);
    },
  );
});
