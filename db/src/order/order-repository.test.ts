import { sqliteIdentities } from '../identities/sqlite-identities.ts';
import { openScratch } from '../testing/open-scratch.ts';
import { orderRepositoryContract } from '../testing/order-repository-contract.ts';
import { sqliteOrder } from './sqlite-order.ts';

orderRepositoryContract('SQLite', async () => {
  const { db, close } = await openScratch();
  const identities = sqliteIdentities(db);
  const key = { rpId: 'example.org', publicKey: Uint8Array.of(1), counter: 0, transports: [], name: 'Key' };
  return {
    order: sqliteOrder(db),
    person: async (id, name) => {
      await identities.create({ id, name, colour: 1 }, { ...key, id }, [], 1);
    },
    deletePerson: identities.delete,
    close,
  };
});
