/** What can be wrong with a database before or while it is opened. */
export type DatabaseProblemKind =
  | 'in-use' // another chatMUX holds the folder
  | 'locked' // another program holds the file
  | 'read-only' // the file can't be written
  | 'no-access' // the folder or file can't be made or read
  | 'not-a-database' // the file holds something else
  | 'not-ours' // a SQLite database of another program
  | 'corrupt' // a damaged database
  | 'too-new' // made by a newer chatMUX
  | 'exists' // a file that would be overwritten
  | 'disk-full' // no room left
  | 'migration-failed'; // a step forward failed and was undone

/** Why the database can't be used. The message is a sentence for a person that says what to do. */
export class DatabaseProblem extends Error {
  readonly kind: DatabaseProblemKind;
  /** The file it is about. */
  readonly file: string;

  constructor(kind: DatabaseProblemKind, file: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DatabaseProblem';
    this.kind = kind;
    this.file = file;
  }
}

// SQLite's extended codes begin with the plain one: SQLITE_BUSY_SNAPSHOT is a SQLITE_BUSY.
const KINDS: ReadonlyArray<readonly [prefix: string, kind: DatabaseProblemKind]> = [
  ['SQLITE_BUSY', 'locked'],
  ['SQLITE_LOCKED', 'locked'],
  ['SQLITE_READONLY', 'read-only'],
  ['EROFS', 'read-only'],
  ['SQLITE_NOTADB', 'not-a-database'],
  ['SQLITE_CORRUPT', 'corrupt'],
  ['SQLITE_FULL', 'disk-full'],
  ['ENOSPC', 'disk-full'],
  ['EDQUOT', 'disk-full'],
  ['SQLITE_CANTOPEN', 'no-access'],
  ['SQLITE_PERM', 'no-access'],
  ['EACCES', 'no-access'],
  ['EPERM', 'no-access'],
  ['EISDIR', 'no-access'],
  ['ENOTDIR', 'no-access'],
  ['EEXIST', 'no-access'],
  ['ENOENT', 'no-access'],
];

/** The sentence for each kind of fault that SQLite or the file system reports. */
export function sentenceFor(kind: DatabaseProblemKind, file: string): string {
  switch (kind) {
    case 'in-use':
      return `Another chatMUX already runs on the database ${file}. Stop it first, or give this one its own folder with --data.`;
    case 'locked':
      return `Another program holds the database ${file} locked. Close that program (a database browser, a backup) and start again.`;
    case 'read-only':
      return `The database ${file} can't be written. Give the account that runs chatMUX the right to write it, or choose another folder with --data.`;
    case 'no-access':
      return `The database ${file} can't be opened or made. Check that its folder is a folder and that the account that runs chatMUX may write there, or choose another with --data.`;
    case 'not-a-database':
      return `The file ${file} is not a database. Move it away and start again, or choose another folder with --data.`;
    case 'not-ours':
      return `The database ${file} belongs to another program. It was left as it is: choose another folder with --data.`;
    case 'corrupt':
      return `The database ${file} is damaged. It was left as it is: keep a copy, then put a backup in its place (files that end in .backup beside it) or move it away to begin anew.`;
    case 'too-new':
      return `The database ${file} was made by a newer chatMUX. Start that version, or choose another folder with --data.`;
    case 'exists':
      return `There is a file ${file} already. It was left as it is: choose another name.`;
    case 'disk-full':
      return `There is no room left to write the database ${file}. Free some space and start again.`;
    case 'migration-failed':
      return `The database ${file} could not be brought up to date. Nothing in it was changed. Please report this, and start the version that you used before.`;
  }
}

/**
 * Turns what SQLite or the file system threw into a DatabaseProblem; anything it doesn't know comes back as it was.
 * @param file the database that it is about
 */
export function toDatabaseProblem(error: unknown, file: string): unknown {
  if (error instanceof DatabaseProblem || !(error instanceof Error)) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const kind = KINDS.find(([prefix]) => code.startsWith(prefix))?.[1];
  return kind === undefined
    ? error
    : new DatabaseProblem(kind, file, sentenceFor(kind, file), { cause: error });
}
