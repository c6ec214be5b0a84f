import { identityRepositoryContract } from '../testing/identity-repository-contract.ts';
import { openScratch } from '../testing/open-scratch.ts';
import { sqliteIdentities } from './sqlite-identities.ts';

identityRepositoryContract('SQLite', async () => {
  const { db, close } = await openScratch();
  return { identities: sqliteIdentities(db), close };
});
