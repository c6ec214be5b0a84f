import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { openDatabase } from '../open-database.ts';
import type { Schema } from '../schema.ts';

/** A database of its own on the disk, gone when it is closed. */
export async function openScratch(): Promise<{ db: Kysely<Schema>; close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'chatmux-db-'));
  const { db, close } = await openDatabase({ file: join(folder, 'chatmux.sqlite') });
  return {
    db,
    close: async () => {
      await close();
      rmSync(folder, { recursive: true });
    },
  };
}
