import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { makePrivateFile } from './private-file.ts';

/**
 * Copies an open database to a file of its own, whole and compact, for this account alone. The copy appears under its
 * name only when it is complete and on disk; one of that name that is already there is replaced.
 * @throws the system's or SQLite's error, with nothing left behind
 */
export function backUp(sqlite: Database.Database, target: string): void {
  const unfinished = `${target}.unfinished`;
  rmSync(unfinished, { force: true });
  try {
    // VACUUM INTO takes an empty file, and keeps the mode it has.
    makePrivateFile(unfinished);
    sqlite.prepare('vacuum into ?').run(unfinished);
    const descriptor = openSync(unfinished, 'r+');
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(unfinished, target);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}
