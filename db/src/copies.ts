import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { MIGRATIONS } from '../migrations/index.ts';
import { backUp } from './back-up.ts';
import { DatabaseProblem, sentenceFor, toDatabaseProblem } from './database-problem.ts';
import { lockDatabase } from './lock-database.ts';
import { APPLICATION_ID, readVersion } from './migrate.ts';
import { makePrivateFolder } from './private-file.ts';

/** What a copy holds: rows of each table. */
export type Counts = Readonly<Record<string, number>>;

/**
 * Copies a database to a file of its own, whole and compact, while a world runs on it or not: what was acknowledged before
 * the call is in it. The copy is read again before it counts.
 * @returns what it holds
 * @throws DatabaseProblem with a sentence that says what to do
 */
export function backUpDatabase({ file, to }: { readonly file: string; readonly to: string }): Counts {
  const [source, target] = [resolve(file), resolve(to)];
  try {
    if (existsSync(target)) throw new DatabaseProblem('exists', target, sentenceFor('exists', target));
    makePrivateFolder(dirname(target));
    const sqlite = openOurs(source);
    try {
      backUp(sqlite, target);
    } finally {
      sqlite.close();
    }
    return countsOf(target);
  } catch (error) {
    throw toDatabaseProblem(error, source);
  }
}

/**
 * Puts a copy in the place of a database. The world must not run. What was there is kept beside it, as
 * `FILE.before-restore`, and so the last restore can be undone by restoring that.
 * @returns what is there now
 * @throws DatabaseProblem with a sentence that says what to do; then nothing was changed
 */
export function restoreDatabase({ file, from }: { readonly file: string; readonly from: string }): Counts {
  const [target, source] = [resolve(file), resolve(from)];
  const [fresh, kept] = [`${target}.restoring`, `${target}.before-restore`];
  try {
    const counts = countsOf(source);
    makePrivateFolder(dirname(target));
    const lock = lockDatabase(target);
    try {
      const copy = openOurs(source);
      try {
        backUp(copy, fresh);
      } finally {
        copy.close();
      }
      if (existsSync(target)) putAside(target, kept);
      // In one step: whoever looks finds the one or the other.
      renameSync(fresh, target);
      return counts;
    } finally {
      rmSync(fresh, { force: true });
      lock.release();
    }
  } catch (error) {
    throw toDatabaseProblem(error, source);
  }
}

/** Copies what is there, and leaves it without a log of changes: it would be read into whatever takes its place. */
function putAside(file: string, kept: string): void {
  try {
    const sqlite = new Database(file, { fileMustExist: true });
    try {
      backUp(sqlite, kept);
      sqlite.pragma('wal_checkpoint(truncate)');
    } finally {
      sqlite.close();
    }
  } catch {
    // Damaged: that is what one restores for. Its bytes are kept as they are.
    for (const ending of ['', '-wal', '-shm'])
      if (existsSync(file + ending)) copyFileSync(file + ending, kept + ending);
  }
  for (const ending of ['-wal', '-shm']) rmSync(file + ending, { force: true });
}

/** Opens a database of ours that is whole, and not of a newer chatMUX. */
function openOurs(file: string): Database.Database {
  const sqlite = new Database(file, { fileMustExist: true, timeout: 5000 });
  try {
    if (sqlite.pragma('application_id', { simple: true }) !== APPLICATION_ID)
      throw new DatabaseProblem('not-ours', file, sentenceFor('not-ours', file));
    if (readVersion(sqlite) > MIGRATIONS.length)
      throw new DatabaseProblem('too-new', file, sentenceFor('too-new', file));
    if (sqlite.pragma('quick_check(1)', { simple: true }) !== 'ok')
      throw new DatabaseProblem('corrupt', file, sentenceFor('corrupt', file));
    return sqlite;
  } catch (error) {
    sqlite.close();
    throw error;
  }
}

function countsOf(file: string): Counts {
  const sqlite = openOurs(file);
  try {
    const names = sqlite
      .prepare<[], string>(
        "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by name",
      )
      .pluck()
      .all();
    const count = (name: string) =>
      sqlite.prepare<[], number>(`select count(*) from "${name}"`).pluck().get() ?? 0;
    return Object.fromEntries(names.map((name) => [name, count(name)]));
  } finally {
    sqlite.close();
  }
}
