import { chmodSync, closeSync, fstatSync, mkdirSync, openSync } from 'node:fs';

/** Makes a folder, and those above it, for this account alone (mode 0700). A folder that exists keeps its mode. */
export function makePrivateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
}

/**
 * Makes an empty file for this account alone (mode 0600), or takes reading and writing away from others where it exists
 * and belongs to this account: on somebody else's file that is theirs to decide.
 * SQLite gives a database's -wal and -shm the mode of the database, so this covers them.
 * @throws the system's error where the file can't be opened for writing
 */
export function makePrivateFile(file: string): void {
  const descriptor = openSync(file, 'a', 0o600);
  try {
    const { mode, uid } = fstatSync(descriptor);
    // geteuid is missing where modes are, on Windows.
    if (uid === process.geteuid?.() && (mode & 0o077) !== 0) chmodSync(file, 0o600);
  } finally {
    closeSync(descriptor);
  }
}
