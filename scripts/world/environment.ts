import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';

/** The environment, with what `.env` in the project's root adds; a variable that is really set wins. */
export function readEnvironment(root: string, real: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const file = join(root, '.env');
  if (!existsSync(file)) return real;
  return { ...parseEnv(readFileSync(file, 'utf8')), ...real };
}
