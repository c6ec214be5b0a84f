import { sqliteIdentities } from '../identities/sqlite-identities.ts';
import { openScratch } from '../testing/open-scratch.ts';
import { sessionRepositoryContract } from '../testing/session-repository-contract.ts';
import { sqliteSessions } from './sqlite-sessions.ts';

sessionRepositoryContract('SQLite', async () => {
  const { db, close } = await openScratch();
  const identities = sqliteIdentities(db);
  const people = ['A'.repeat(22), 'B'.repeat(22)] as const;
  for (const id of people) {
    const passkey = {
      id,
      rpId: 'example.org',
      publicKey: Uint8Array.of(1),
      counter: 0,
      transports: [],
      name: 'Key',
    };
    await identities.create({ id, name: id, colour: 1 }, passkey, [], 1);
  }
  return { sessions: sqliteSessions(db), people, deletePerson: identities.delete, close };
});
