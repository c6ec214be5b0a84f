// npm run backup: copies the database, while the world runs or not.
import { join, resolve } from 'node:path';
import { backUpDatabase } from '@chatmux/db';
import { runMain } from '../steps/main.ts';
import { ROOT } from '../steps/project.ts';
import { copyArguments, countWords, inWords } from '../world/database-copies.ts';

await runMain(async () => {
  const asked = copyArguments('backup', process.argv.slice(2), ROOT, process.env);
  if (typeof asked === 'string') {
    console.log(asked);
    return 0;
  }
  const { file, dataDir, path } = asked;
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
  const to = path === undefined ? join(dataDir, 'backups', `chatmux-${stamp}.sqlite`) : resolve(path);
  const counts = inWords(() => backUpDatabase({ file, to }));
  console.log(
    `The database is copied to ${to} (${countWords(counts)}).\nTo go back to it: npm run restore -- ${to}`,
  );
  return 0;
});
