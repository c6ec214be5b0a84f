import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../open-database.ts';
import { guestRepositoryContract } from '../testing/guest-repository-contract.ts';
import { memoryGuests } from './memory-guests.ts';
import { sqliteGuests } from './sqlite-guests.ts';

guestRepositoryContract('memory', async () => ({ guests: memoryGuests(), close: () => Promise.resolve() }));

guestRepositoryContract('SQLite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chatmux-db-'));
  const { db, close } = await openDatabase({ file: join(folder, 'chatmux.sqlite') });
  return {
    guests: sqliteGuests(db),
    close: async () => {
      await close();
      rmSync(folder, { recursive: true });
    },
  };
});
