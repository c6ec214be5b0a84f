import { createHash } from 'node:crypto';
import { writeSync } from 'node:fs';
import { sqliteGuests } from '../guests/sqlite-guests.ts';
import { openDatabase } from '../open-database.ts';

/**
 * For the kill test: `node crash-writer.ts FILE` writes guests without an end and prints the key of each only after its
 * write is acknowledged, `open` first of all. Whoever kills it may hold it to every key that was printed.
 */

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('crash-writer needs the path of a database');
const { db } = await openDatabase({ file });
const guests = sqliteGuests(db);
writeSync(1, 'open\n');
for (let count = 0; ; count++) {
  const key = createHash('sha256').update(`${process.pid} ${count}`).digest('hex');
  await guests.visit(key, { name: `Guest ${count}`, colour: count % 12 }, 1_800_000_000_000 + count);
  writeSync(1, `${key}\n`);
}
