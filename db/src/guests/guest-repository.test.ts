import { guestRepositoryContract } from '../testing/guest-repository-contract.ts';
import { openScratch } from '../testing/open-scratch.ts';
import { memoryGuests } from './memory-guests.ts';
import { sqliteGuests } from './sqlite-guests.ts';

guestRepositoryContract('memory', async () => ({ guests: memoryGuests(), close: () => Promise.resolve() }));

guestRepositoryContract('SQLite', async () => {
  const { db, close } = await openScratch();
  return { guests: sqliteGuests(db), close };
});
