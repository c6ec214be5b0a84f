// npm run restore: puts a copy in the place of the database, while the world does not run.
import { resolve } from 'node:path';
import { restoreDatabase } from '@chatmux/db';
import { runMain } from '../steps/main.ts';
import { ROOT } from '../steps/project.ts';
import { PlainError } from '../steps/step.mjs';
import { copyArguments, countWords, inWords } from '../world/database-copies.ts';

await runMain(async () => {
  const asked = copyArguments('restore', process.argv.slice(2), ROOT, process.env);
  if (typeof asked === 'string') {
    console.log(asked);
    return 0;
  }
  const { file, path } = asked;
  if (path === undefined) throw new PlainError('Say which copy: npm run restore -- FILE');
  const counts = inWords(() => restoreDatabase({ file, from: resolve(path) }));
  console.log(
    `The database is what it was in ${resolve(path)} (${countWords(counts)}).\nWhat was there before is ${file}.before-restore.`,
  );
  return 0;
});
