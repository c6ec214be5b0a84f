import type { Kysely, Selectable } from 'kysely';
import { checkHash, checkLook, checkTime } from '../checks.ts';
import { plainName } from '../plain-name.ts';
import type { IdentityTable, PasskeyTable, Schema } from '../schema.ts';
import type { Identity, IdentityRepository, NewPasskey, Passkey } from './identity-repository.ts';

/** Identities in the database. What takes more than one statement is one transaction. */
export function sqliteIdentities(db: Kysely<Schema>): IdentityRepository {
  return {
    async create({ id, name, colour }, passkey, codeHashes, now) {
      checkLook({ name, colour });
      checkTime(now);
      for (const hash of codeHashes) checkHash(hash, 'code hash');
      const values = passkeyRow(id, passkey, now);
      return db.transaction().execute(async (all) => {
        const taken = await all
          .selectFrom('passkeys')
          .select('credential_id')
          .where('credential_id', '=', passkey.id)
          .executeTakeFirst();
        if (taken) return undefined;
        const row = await all
          .insertInto('identities')
          .values({ id, name, plain_name: plainName(name), colour, created_at: now, seen_at: now })
          .returningAll()
          .executeTakeFirstOrThrow();
        await all.insertInto('passkeys').values(values).execute();
        await insertCodes(all, id, codeHashes, now);
        return toIdentity(row);
      });
    },

    async find(id) {
      const row = await db.selectFrom('identities').selectAll().where('id', '=', id).executeTakeFirst();
      return row && toIdentity(row);
    },

    async setLook(id, { name, colour }, now) {
      checkLook({ name, colour });
      checkTime(now);
      const row = await db
        .updateTable('identities')
        .set({ name, plain_name: plainName(name), colour, seen_at: now })
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirst();
      return row && toIdentity(row);
    },

    async setAbout(id, { pronouns, about }) {
      const { numUpdatedRows } = await db
        .updateTable('identities')
        .set({ pronouns, about })
        .where('id', '=', id)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    async setShows(id, shows) {
      const { numUpdatedRows } = await db
        .updateTable('identities')
        .set({ shows })
        .where('id', '=', id)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    async delete(id) {
      // What hangs on it goes with it (on delete cascade).
      const { numDeletedRows } = await db.deleteFrom('identities').where('id', '=', id).executeTakeFirst();
      return numDeletedRows > 0n;
    },

    async addPasskey(identityId, passkey, most, now) {
      checkTime(now);
      const values = passkeyRow(identityId, passkey, now);
      return db.transaction().execute(async (all) => {
        if (!(await isThere(all, identityId))) return 'nobody';
        const { had } = await all
          .selectFrom('passkeys')
          .select((expression) => expression.fn.countAll<number>().as('had'))
          .where('identity_id', '=', identityId)
          .executeTakeFirstOrThrow();
        if (Number(had) >= most) return 'full';
        const { numInsertedOrUpdatedRows = 0n } = await all
          .insertInto('passkeys')
          .values(values)
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        return numInsertedOrUpdatedRows > 0n ? 'added' : 'taken';
      });
    },

    async passkey(id) {
      const row = await db
        .selectFrom('passkeys')
        .selectAll()
        .where('credential_id', '=', id)
        .executeTakeFirst();
      return row && toPasskey(row);
    },

    async passkeysOf(identityId) {
      const rows = await db
        .selectFrom('passkeys')
        .selectAll()
        .where('identity_id', '=', identityId)
        .orderBy('created_at')
        .orderBy('credential_id')
        .execute();
      return rows.map(toPasskey);
    },

    async passkeyUsed(id, counter, now) {
      checkTime(now);
      checkCounter(counter);
      // Looked at where it is written: of two who come with the same count, one is a copy.
      const { numUpdatedRows } = await db
        .updateTable('passkeys')
        .set({ counter, used_at: now })
        .where('credential_id', '=', id)
        .where('counter', counter === 0 ? '=' : '<', counter)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    async removePasskey(identityId, id) {
      return db.transaction().execute(async (all) => {
        const ids = await all
          .selectFrom('passkeys')
          .select('credential_id')
          .where('identity_id', '=', identityId)
          .execute();
        if (!ids.some((row) => row.credential_id === id)) return 'not-found';
        if (ids.length === 1 && !(await signsInByGithub(all, identityId))) return 'last';
        await all.deleteFrom('passkeys').where('credential_id', '=', id).execute();
        return 'removed';
      });
    },

    async setCodes(identityId, codeHashes, now) {
      checkTime(now);
      for (const hash of codeHashes) checkHash(hash, 'code hash');
      return db.transaction().execute(async (all) => {
        if (!(await isThere(all, identityId))) return false;
        await all.deleteFrom('recovery_codes').where('identity_id', '=', identityId).execute();
        await insertCodes(all, identityId, codeHashes, now);
        return true;
      });
    },

    async codesLeft(identityId) {
      const { left } = await db
        .selectFrom('recovery_codes')
        .select((expression) => expression.fn.countAll<number>().as('left'))
        .where('identity_id', '=', identityId)
        .executeTakeFirstOrThrow();
      return Number(left);
    },

    async takeCode(codeHash) {
      checkHash(codeHash, 'code hash');
      const row = await db
        .deleteFrom('recovery_codes')
        .where('code_hash', '=', codeHash)
        .returning('identity_id')
        .executeTakeFirst();
      return row?.identity_id;
    },
  };
}

/** Whether there is somebody, as seen from within a transaction. */
export async function isThere(db: Kysely<Schema>, id: string): Promise<boolean> {
  const row = await db.selectFrom('identities').select('id').where('id', '=', id).executeTakeFirst();
  return row !== undefined;
}

/** Whether an account at GitHub signs somebody in, as seen from within a transaction. */
export async function signsInByGithub(db: Kysely<Schema>, identityId: string): Promise<boolean> {
  const row = await db
    .selectFrom('github_accounts')
    .select('github_id')
    .where('identity_id', '=', identityId)
    .executeTakeFirst();
  return row !== undefined;
}

async function insertCodes(
  db: Kysely<Schema>,
  identityId: string,
  hashes: readonly string[],
  now: number,
): Promise<void> {
  if (hashes.length === 0) return;
  await db
    .insertInto('recovery_codes')
    .values(hashes.map((hash) => ({ code_hash: hash, identity_id: identityId, created_at: now })))
    .execute();
}

function passkeyRow(identityId: string, passkey: NewPasskey, now: number) {
  const { id, rpId, publicKey, counter, transports, name } = passkey;
  checkCounter(counter);
  if (id === '' || rpId === '' || name === '')
    throw new RangeError('A passkey has an id, a domain and a name.');
  return {
    credential_id: id,
    identity_id: identityId,
    rp_id: rpId,
    public_key: publicKey,
    counter,
    transports: JSON.stringify(transports),
    name,
    created_at: now,
    used_at: null,
  };
}

function checkCounter(counter: number): void {
  if (!Number.isSafeInteger(counter) || counter < 0)
    throw new RangeError('A counter is a whole number from 0.');
}

export function toIdentity(row: Omit<Selectable<IdentityTable>, 'plain_name'>): Identity {
  const { id, name, colour, created_at, seen_at, shows, pronouns, about } = row;
  return { id, name, colour, createdAt: created_at, seenAt: seen_at, shows, pronouns, about };
}

function toPasskey(row: Selectable<PasskeyTable>): Passkey {
  return {
    id: row.credential_id,
    identityId: row.identity_id,
    rpId: row.rp_id,
    // SQLite gives a Buffer, which may be a window of a larger one.
    publicKey: new Uint8Array(row.public_key),
    counter: row.counter,
    transports: JSON.parse(row.transports) as string[],
    name: row.name,
    createdAt: row.created_at,
    usedAt: row.used_at ?? undefined,
  };
}
