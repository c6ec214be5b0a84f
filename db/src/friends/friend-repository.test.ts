import { sqliteIdentities } from '../identities/sqlite-identities.ts';
import { friendRepositoryContract } from '../testing/friend-repository-contract.ts';
import { openScratch } from '../testing/open-scratch.ts';
import { sqliteFriends } from './sqlite-friends.ts';

friendRepositoryContract('SQLite', async () => {
  const { db, close } = await openScratch();
  const identities = sqliteIdentities(db);
  return {
    friends: sqliteFriends(db),
    async person(id, name) {
      const key = {
        rpId: 'example.org',
        publicKey: Uint8Array.of(1),
        counter: 0,
        transports: [],
        name: 'Key',
      };
      await identities.create({ id, name, colour: 1 }, { ...key, id }, [], 1);
    },
    deletePerson: identities.delete,
    rename: (id, name) => identities.setLook(id, { name, colour: 1 }, 1),
    close,
  };
});
