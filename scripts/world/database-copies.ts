import { isAbsolute, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Counts, DatabaseProblem } from '@chatmux/db';
import { PlainError } from '../steps/step.mjs';
import { dataFolder } from './data-folder.ts';
import { readEnvironment } from './environment.ts';

const HELP = {
  backup: `Copies the database of chatMUX, whole, while the world runs or not.

  npm run backup                     into DATA/backups, named by the time
  npm run backup -- FILE             into that file, which must not be there yet
  npm run backup -- --data FOLDER    of the data kept there (default ./data)`,
  restore: `Puts a copy in the place of the database. Stop the world first. What was there before is kept beside it.

  npm run restore -- FILE                    a copy that npm run backup made, or one beside the database
  npm run restore -- FILE --data FOLDER      of the data kept there (default ./data)`,
};

interface CopyArguments {
  readonly dataDir: string;
  /** The database. */
  readonly file: string;
  /** The copy that was named. */
  readonly path: string | undefined;
}

/** Reads what was typed after the command. @returns a text where help was asked for @throws PlainError */
export function copyArguments(
  command: keyof typeof HELP,
  argv: readonly string[],
  root: string,
  env: NodeJS.ProcessEnv,
): CopyArguments | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: { help: { type: 'boolean', short: 'h' }, data: { type: 'string' } },
      allowPositionals: true,
    });
    if (values.help) return HELP[command];
    if (positionals.length > 1) throw new TypeError(`One file at a time, not ${positionals.length}.`);
    const flags = values.data === undefined ? {} : { data: values.data };
    const dataDir = dataFolder(root, readEnvironment(root, env), flags);
    const [path] = positionals;
    return {
      dataDir,
      file: join(dataDir, 'chatmux.sqlite'),
      // npm runs us in the project's folder, wherever it was typed.
      path: path === undefined || isAbsolute(path) ? path : resolve(env.INIT_CWD ?? root, path),
    };
  } catch (error) {
    if (error instanceof TypeError) throw new PlainError(`${error.message}\n\n${HELP[command]}`);
    throw error;
  }
}

/** Tables with something in them, and how much. */
export function countWords(counts: Counts): string {
  const words = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([table, count]) => `${table.replaceAll('_', ' ')}: ${count}`);
  return words.length > 0 ? words.join(', ') : 'it is empty';
}

/** What is wrong with a database is for a person, and needs no stack. */
export function inWords<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof DatabaseProblem ? new PlainError(error.message) : error;
  }
}
