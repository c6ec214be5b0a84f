import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { PlainError } from '../steps/step.mjs';

/**
 * A program on this machine: the one a variable names, the first on the PATH, or one in a usual place; undefined where
 * there is none.
 */
export function findProgram(
  env: NodeJS.ProcessEnv,
  variable: string,
  names: readonly string[],
  elsewhere: readonly string[],
): string | undefined {
  const named = env[variable];
  if (named) {
    if (!isExecutable(named))
      throw new PlainError(`${variable} is ${JSON.stringify(named)}, which is no program.`);
    return named;
  }
  const onPath = (env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  return [...onPath, ...elsewhere].find(isExecutable);
}

function isExecutable(path: string): boolean {
  if (!existsSync(path)) return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
