import { dirname, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { MIGRATIONS, type Migration } from '../migrations/index.ts';
import { DatabaseProblem, sentenceFor, toDatabaseProblem } from './database-problem.ts';
import { type Lock, lockDatabase } from './lock-database.ts';
import { migrate } from './migrate.ts';
import { makePrivateFile, makePrivateFolder } from './private-file.ts';
import type { Schema } from './schema.ts';

export interface OpenOptions {
  /** Path of the database; its folder is made where it is missing. */
  readonly file: string;
  /** Told of each migration and backup, in one sentence. @default nothing is told */
  readonly log?: (message: string) => void;
  /** How long a statement waits for another program's lock, in milliseconds, 0 or more. @default 5000 */
  readonly busyMilliseconds?: number;
  /** Steps of the schema. @default those in migrations/ */
  readonly migrations?: readonly Migration[];
}

/** An open database, held by this process alone. */
export interface OpenDatabase {
  readonly db: Kysely<Schema>;
  /** Writes everything to the file, closes it and lets go of the lock. Harmless the second time. */
  close(): Promise<void>;
}

/**
 * Opens the database, makes it where it is missing, checks it and brings it up to date.
 * @throws DatabaseProblem with a sentence that says what to do
 */
export async function openDatabase(options: OpenOptions): Promise<OpenDatabase> {
  const file = resolve(options.file);
  const log = options.log ?? (() => undefined);
  let lock: Lock | undefined;
  let sqlite: Database.Database | undefined;
  try {
    makePrivateFolder(dirname(file));
    lock = lockDatabase(file);
    makeWritable(file);
    sqlite = new Database(file, { timeout: options.busyMilliseconds ?? 5000 });
    prepare(sqlite, file);
    await migrate({ file, sqlite, migrations: options.migrations ?? MIGRATIONS, log });
    const kysely = new Kysely<Schema>({ dialect: new SqliteDialect({ database: sqlite }) });
    return { db: kysely, close: closing(kysely, sqlite, lock) };
  } catch (error) {
    sqlite?.close();
    lock?.release();
    throw toDatabaseProblem(error, file);
  }
}

function makeWritable(file: string): void {
  try {
    makePrivateFile(file);
  } catch (error) {
    // The folder could be written, for the lock is there: so it is this one file that refuses.
    if (error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EPERM')) {
      throw new DatabaseProblem('read-only', file, sentenceFor('read-only', file), { cause: error });
    }
    throw error;
  }
}

function prepare(sqlite: Database.Database, file: string): void {
  // Reads every page, about a tenth of a second for 100 MB: better to refuse at the start than to lose rows quietly.
  if (sqlite.pragma('quick_check(1)', { simple: true }) !== 'ok') {
    throw new DatabaseProblem('corrupt', file, sentenceFor('corrupt', file));
  }
  sqlite.pragma('journal_mode = wal');
  // After the journal mode and by name: left alone, this build drops to NORMAL with the first write in WAL, and a power
  // cut could then take back what was acknowledged.
  sqlite.pragma('synchronous = full');
  sqlite.pragma('foreign_keys = on');
}

function closing(kysely: Kysely<Schema>, sqlite: Database.Database, lock: Lock): () => Promise<void> {
  return async () => {
    await kysely.destroy();
    // Kysely closes only what it has used.
    sqlite.close();
    lock.release();
  };
}
