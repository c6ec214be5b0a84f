import type { Kysely } from 'kysely';
import { checkHash, checkTime } from '../checks.ts';
import { isThere } from '../identities/sqlite-identities.ts';
import type { Schema } from '../schema.ts';
import type { OrderRepository, Sanction } from './order-repository.ts';

/** Addresses change hands: what was done to a guest holds for who comes from there for so long at most, in milliseconds. */
export const ADDRESS_MS = 7 * 86_400_000;

type Sanctions = Pick<OrderRepository, 'addSanction' | 'sanctionsOn' | 'sanctions' | 'lift'>;

/** Bans and mutes. */
export function sqliteSanctions(db: Kysely<Schema>): Sanctions {
  return {
    async addSanction({ worldId, what, identityId, guestHash, addressHash, name, until, by }, now) {
      checkTime(now);
      if (until !== undefined) checkTime(until);
      checkHash(guestHash, 'guest hash');
      checkHash(addressHash, 'address hash');
      return db.transaction().execute(async (all) => {
        if (identityId !== undefined && !(await isThere(all, identityId))) return undefined;
        const { id } = await all
          .insertInto('sanctions')
          .values({
            world_id: worldId,
            what,
            identity_id: identityId ?? null,
            guest_hash: guestHash,
            address_hash: addressHash,
            name,
            since: now,
            until: until ?? null,
            by_id: by,
          })
          .returning('id')
          .executeTakeFirstOrThrow();
        return id;
      });
    },

    async sanctionsOn(worldId, { identityId, guestHash, addressHash }, now) {
      const rows = await db
        .selectFrom('sanctions')
        .select(['id', 'what', 'until'])
        .where('world_id', '=', worldId)
        .where((e) => e.or([e('until', 'is', null), e('until', '>', now)]))
        .where((e) =>
          e.or([
            e('guest_hash', '=', guestHash),
            identityId === undefined
              ? e.and([e('address_hash', '=', addressHash), e('since', '>', now - ADDRESS_MS)])
              : e('identity_id', '=', identityId),
          ]),
        )
        .execute();
      return rows
        .map((row) => ({ ...row, until: row.until ?? undefined }))
        .sort((a, b) => (b.until ?? Number.POSITIVE_INFINITY) - (a.until ?? Number.POSITIVE_INFINITY));
    },

    async sanctions(worldId, now) {
      const rows = await sanctionRows(db)
        .where('world_id', '=', worldId)
        .where((e) => e.or([e('until', 'is', null), e('until', '>', now)]))
        .orderBy('sanctions.id', 'desc')
        .execute();
      return rows.map(toSanction);
    },

    async lift(worldId, id) {
      return db.transaction().execute(async (all) => {
        const row = await sanctionRows(all)
          .where('world_id', '=', worldId)
          .where('sanctions.id', '=', id)
          .executeTakeFirst();
        await all.deleteFrom('sanctions').where('world_id', '=', worldId).where('id', '=', id).execute();
        return row && toSanction(row);
      });
    },
  };
}

const sanctionRows = (db: Kysely<Schema>) =>
  db
    .selectFrom('sanctions')
    .leftJoin('identities as whose', 'whose.id', 'identity_id')
    .leftJoin('identities as maker', 'maker.id', 'by_id')
    .selectAll('sanctions')
    .select(['whose.name as now', 'maker.name as by']);

type Row = Awaited<ReturnType<ReturnType<typeof sanctionRows>['executeTakeFirstOrThrow']>>;

const toSanction = (row: Row): Sanction => ({
  id: row.id,
  what: row.what,
  identityId: row.identity_id ?? undefined,
  guestHash: row.guest_hash,
  addressHash: row.address_hash,
  name: row.now ?? row.name,
  since: row.since,
  until: row.until ?? undefined,
  by: row.by ?? undefined,
});
