import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DatabaseProblem, type DatabaseProblemKind } from './database-problem.ts';
import { sqliteGuests } from './guests/sqlite-guests.ts';
import { openDatabase } from './open-database.ts';
import { scratchFolder } from './testing/scratch-folder.ts';
import { startWriter } from './testing/start-writer.ts';

const KEY = 'c'.repeat(64);
const NOON = 1_800_000_000_000;

async function open(file: string) {
  const opened = await openDatabase({ file, busyMilliseconds: 50 });
  onTestFinished(opened.close);
  return opened;
}

async function problemOf(opening: Promise<unknown>): Promise<DatabaseProblem> {
  const error: unknown = await opening.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof DatabaseProblem)) throw new Error(`not a DatabaseProblem: ${error}`);
  return error;
}

async function expectProblem(file: string, kind: DatabaseProblemKind): Promise<void> {
  const problem = await problemOf(openDatabase({ file, busyMilliseconds: 50 }));
  expect(problem.kind).toBe(kind);
  expect(problem.message).toContain(file);
  expect(problem.message).toMatch(/^[A-Z].*\.$/);
}

async function makeDatabase(file: string, guests: number): Promise<void> {
  const { db, close } = await openDatabase({ file });
  const repository = sqliteGuests(db);
  for (let guest = 0; guest < guests; guest++) {
    await repository.visit(guest.toString(16).padStart(64, '0'), { name: 'A guest', colour: 1 }, NOON);
  }
  await close();
}

describe('a new database', () => {
  it('lies in a folder and files that are for this account alone', async () => {
    const folder = join(scratchFolder(), 'deep', 'data');
    const file = join(folder, 'chatmux.sqlite');
    const { db } = await open(file);
    await sqliteGuests(db).visit(KEY, { name: 'Ann', colour: 1 }, NOON);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const part of ['', '-wal', '-shm', '.lock'])
      expect(statSync(file + part).mode & 0o777, part).toBe(0o600);
  });

  it('still writes through to the disk at every commit after the first write', async () => {
    const { db } = await open(join(scratchFolder(), 'chatmux.sqlite'));
    await sqliteGuests(db).visit(KEY, { name: 'Ann', colour: 1 }, NOON);
    const pragma = async (name: string) =>
      Object.values((await sql.raw<object>(`pragma ${name}`).execute(db)).rows[0] ?? {})[0];
    expect(await pragma('synchronous')).toBe(2);
    expect(await pragma('journal_mode')).toBe('wal');
    expect(await pragma('foreign_keys')).toBe(1);
    expect(await pragma('busy_timeout')).toBe(50);
  });

  it('waits five seconds for locks unless told otherwise', async () => {
    const { db, close } = await openDatabase({ file: join(scratchFolder(), 'chatmux.sqlite') });
    onTestFinished(close);
    expect((await sql<{ timeout: number }>`pragma busy_timeout`.execute(db)).rows[0]?.timeout).toBe(5000);
  });

  it('keeps what was written when it is closed and opened again', async () => {
    const file = join(scratchFolder(), 'chatmux.sqlite');
    await makeDatabase(file, 1);
    const { db, close } = await open(file);
    expect(await sqliteGuests(db).find('0'.repeat(64))).toMatchObject({ name: 'A guest' });
    await close();
    await close();
  });

  it('takes away the reading rights of others where they have them', async () => {
    const file = join(scratchFolder(), 'chatmux.sqlite');
    writeFileSync(file, '');
    chmodSync(file, 0o644);
    await open(file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});

describe('a database that cannot be used', () => {
  it('is refused while this process has it open', async () => {
    const file = join(scratchFolder(), 'chatmux.sqlite');
    const first = await open(file);
    await expectProblem(file, 'in-use');
    await first.close();
    await open(file);
  });

  it('is refused while another process has it open, and free when that one is killed', async () => {
    const file = join(scratchFolder(), 'chatmux.sqlite');
    const writer = await startWriter(file);
    await expectProblem(file, 'in-use');
    await writer.kill();
    await open(file);
  });

  it('is refused while another program locks it', async () => {
    const file = join(scratchFolder(), 'chatmux.sqlite');
    const other = new Database(file);
    onTestFinished(() => void other.close());
    other.exec('begin exclusive; create table t (a)');
    await expectProblem(file, 'locked');
  });

  it('is refused and left as it is when it is something else', async () => {
    const file = join(scratchFolder(), 'chatmux.sqlite');
    const words = 'This is a letter, not a database. '.repeat(100);
    writeFileSync(file, words);
    await expectProblem(file, 'not-a-database');
    expect(readFileSync(file, 'utf8')).toBe(words);
  });

  it('is refused and left as it is when another program made it', async () => {
    const file = join(scratchFolder(), 'chatmux.sqlite');
    const other = new Database(file);
    other.exec('create table recipes (name)');
    other.close();
    await expectProblem(file, 'not-ours');
    const again = new Database(file);
    expect(again.prepare('select name from sqlite_schema').pluck().all()).toEqual(['recipes']);
    again.close();
  });

  it('is refused when pages in its middle are damaged', async () => {
    const file = join(scratchFolder(), 'chatmux.sqlite');
    await makeDatabase(file, 200);
    const bytes = readFileSync(file);
    bytes.fill(0x5a, 4096, bytes.length - 4096);
    writeFileSync(file, bytes);
    await expectProblem(file, 'corrupt');
  });

  it('is refused when it is newer than the code', async () => {
    const file = join(scratchFolder(), 'chatmux.sqlite');
    await makeDatabase(file, 1);
    const raw = new Database(file);
    raw.pragma('user_version = 4711');
    raw.close();
    await expectProblem(file, 'too-new');
  });

  it('is refused when its folder is a file, or it is a folder', async () => {
    const folder = scratchFolder();
    writeFileSync(join(folder, 'file'), '');
    await expectProblem(join(folder, 'file', 'chatmux.sqlite'), 'no-access');
    mkdirSync(join(folder, 'chatmux.sqlite'));
    await expectProblem(join(folder, 'chatmux.sqlite'), 'no-access');
  });

  it('is refused when it cannot be written, or its folder cannot', async () => {
    const folder = scratchFolder();
    const file = join(folder, 'chatmux.sqlite');
    await makeDatabase(file, 1);
    chmodSync(folder, 0o777);
    chmodSync(`${file}.lock`, 0o666);
    chmodSync(file, 0o444);
    dropRoot();
    await expectProblem(file, 'read-only');
    await expectProblem(join('/', 'chatmux-not-here', 'chatmux.sqlite'), 'no-access');
  });

  it('lets go of the lock when opening fails', async () => {
    const file = join(scratchFolder(), 'chatmux.sqlite');
    writeFileSync(file, 'not a database at all, but long enough to have a header '.repeat(50));
    await expectProblem(file, 'not-a-database');
    writeFileSync(file, '');
    await open(file);
    expect(existsSync(file)).toBe(true);
  });
});

/** Times the writer is killed; for more: KILLS=50. */
const KILLS = Number(process.env.KILLS ?? 8);

describe('a process that is killed', () => {
  it(`${KILLS} times loses nothing that it had acknowledged`, async () => {
    const file = join(scratchFolder(), 'chatmux.sqlite');
    const acknowledged: string[] = [];
    for (let kill = 0; kill < KILLS; kill++) {
      const writer = await startWriter(file);
      // At another moment each time.
      await expect.poll(() => writer.acknowledged().length, { interval: 1 }).toBeGreaterThan(7 * kill);
      await writer.kill();
      acknowledged.push(...writer.acknowledged());
      // Opening checks that it is whole.
      const { db, close } = await openDatabase({ file });
      const guests = sqliteGuests(db);
      for (const key of acknowledged) expect(await guests.find(key), key).toBeDefined();
      await close();
    }
  }, 300_000);
});

/** Root may write everything, so a test of what may not be written gives root up for its length. */
function dropRoot(): void {
  if (process.geteuid?.() !== 0) return;
  const nobody = 65534;
  process.seteuid?.(nobody);
  onTestFinished(() => process.seteuid?.(0));
}
