import Database from 'better-sqlite3';
import { DatabaseProblem, sentenceFor, toDatabaseProblem } from './database-problem.ts';
import { makePrivateFile } from './private-file.ts';

/** A held lock; letting go twice is harmless. */
export interface Lock {
  release(): void;
}

/**
 * Takes the one lock on a database, held until `release` or the end of the process, kill -9 included.
 *
 * The lock is an open transaction on an empty SQLite file beside the database: the system drops it with the process,
 * on every platform, which a file with a process id in it can't promise. Locking the database itself instead would keep
 * backups and the sqlite3 shell out while the world runs.
 *
 * @param file the database; the lock is `FILE.lock`
 * @throws DatabaseProblem 'in-use' where another holds it, or what kept the lock file from being made
 */
export function lockDatabase(file: string): Lock {
  const lockFile = `${file}.lock`;
  let handle: Database.Database | undefined;
  try {
    makePrivateFile(lockFile);
    handle = new Database(lockFile, { timeout: 0 });
    handle.exec('begin exclusive');
    const held = handle;
    return { release: () => held.close() };
  } catch (error) {
    handle?.close();
    const problem = toDatabaseProblem(error, lockFile);
    if (problem instanceof DatabaseProblem && problem.kind === 'locked') {
      throw new DatabaseProblem('in-use', file, sentenceFor('in-use', file), { cause: error });
    }
    throw problem;
  }
}
