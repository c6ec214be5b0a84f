import type Database from 'better-sqlite3';
import { Kysely, SqliteDialect, sql } from 'kysely';
import type { Migration } from '../migrations/index.ts';
import { backUp } from './back-up.ts';
import { DatabaseProblem, sentenceFor, toDatabaseProblem } from './database-problem.ts';

/** 'chMX': written into the header so that no other program's database is taken for ours, nor ours for theirs. */
export const APPLICATION_ID = 0x63684d58;

/** Number of the last migration that was run, 0 for an empty database. */
export function readVersion(sqlite: Database.Database): number {
  return Number(sqlite.pragma('user_version', { simple: true }));
}

interface Options {
  readonly file: string;
  readonly sqlite: Database.Database;
  readonly migrations: readonly Migration[];
  readonly log: (message: string) => void;
}

/**
 * Brings a database to the newest version, each step in one transaction, after a backup where there is something to lose.
 *
 * The version stands in SQLite's own `user_version`, not in a table: it is in the header, so it can be read before any
 * table exists, and it changes in the same transaction as the tables.
 *
 * @throws DatabaseProblem 'not-ours', 'too-new' before anything is touched; 'migration-failed' with the step undone
 */
export async function migrate({ file, sqlite, migrations, log }: Options): Promise<void> {
  const from = readVersion(sqlite);
  const to = migrations.length;
  const tables = sqlite.prepare<[], number>('select count(*) from sqlite_schema').pluck().get() ?? 0;
  const isOurs = sqlite.pragma('application_id', { simple: true }) === APPLICATION_ID;
  if (!isOurs && (from > 0 || tables > 0))
    throw new DatabaseProblem('not-ours', file, sentenceFor('not-ours', file));
  if (from > to) throw new DatabaseProblem('too-new', file, sentenceFor('too-new', file));
  if (from === to) return;

  if (from > 0) {
    const backup = `${file}.v${from}.backup`;
    backUp(sqlite, backup);
    log(`kept a copy of the database as ${backup}`);
  }
  // Steps know the tables of their own time, not those of today: so a Kysely without a schema.
  const kysely = new Kysely<unknown>({ dialect: new SqliteDialect({ database: sqlite }) });
  for (const [index, migration] of migrations.entries()) {
    const version = index + 1;
    if (version <= from) continue;
    await runOne(file, kysely, migration, version);
    log(`database brought to version ${version} (${migration.name})`);
  }
}

async function runOne(
  file: string,
  kysely: Kysely<unknown>,
  migration: Migration,
  version: number,
): Promise<void> {
  try {
    await kysely.transaction().execute(async (transaction) => {
      await migration.up(transaction);
      // Pragmas take no parameters; both numbers are our own.
      await sql.raw(`pragma application_id = ${APPLICATION_ID}`).execute(transaction);
      await sql.raw(`pragma user_version = ${version}`).execute(transaction);
    });
  } catch (error) {
    const problem = toDatabaseProblem(error, file);
    if (problem instanceof DatabaseProblem) throw problem;
    throw new DatabaseProblem(
      'migration-failed',
      file,
      `${sentenceFor('migration-failed', file)} (step ${migration.name})`,
      { cause: error },
    );
  }
}
