import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { DatabaseProblem, toDatabaseProblem } from './database-problem.ts';

describe('toDatabaseProblem', () => {
  it.each([
    ['SQLITE_BUSY_SNAPSHOT', 'locked'],
    ['SQLITE_READONLY_DIRECTORY', 'read-only'],
    ['SQLITE_NOTADB', 'not-a-database'],
    ['SQLITE_CORRUPT_VTAB', 'corrupt'],
    ['SQLITE_FULL', 'disk-full'],
    ['SQLITE_CANTOPEN_ISDIR', 'no-access'],
  ])('names %s as %s', (code, kind) => {
    const cause = new Database.SqliteError('short', code);
    const problem = toDatabaseProblem(cause, '/data/a.sqlite');
    expect(problem).toMatchObject({ kind, cause, file: '/data/a.sqlite' });
  });

  it('leaves alone what it does not know, and what is a problem already', () => {
    const other = new Error('a fault of ours');
    expect(toDatabaseProblem(other, 'a')).toBe(other);
    const problem = new DatabaseProblem('too-new', 'a', 'A sentence.');
    expect(toDatabaseProblem(problem, 'b')).toBe(problem);
  });
});
