import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import { checkTime } from '../checks.ts';
import type { Schema } from '../schema.ts';
import { sqliteInvites } from './invites.ts';
import type { Deed, OrderRepository, RoleRank } from './order-repository.ts';
import { EVERYWHERE, sqliteRoles } from './roles.ts';
import { ADDRESS_MS, sqliteSanctions } from './sanctions.ts';

/** Nobody comes from there. */
const NO_ADDRESS = '0'.repeat(64);
/** Deeds that are kept, of all worlds together. */
const MOST_DEEDS = 10_000;

/** How worlds are kept in order, in the database. What takes more than one statement is one transaction. */
export function sqliteOrder(db: Kysely<Schema>): OrderRepository {
  return {
    ...sqliteRoles(db),
    ...sqliteSanctions(db),
    ...sqliteInvites(db),

    async isLocked(worldId) {
      const row = await db
        .selectFrom('world_locks')
        .select('since')
        .where('world_id', '=', worldId)
        .executeTakeFirst();
      return row !== undefined;
    },

    async setLocked(worldId, locked, by, now) {
      checkTime(now);
      if (!locked) {
        const { numDeletedRows } = await db
          .deleteFrom('world_locks')
          .where('world_id', '=', worldId)
          .executeTakeFirst();
        return numDeletedRows > 0n;
      }
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('world_locks')
        .values({ world_id: worldId, since: now, by_id: by })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return (numInsertedOrUpdatedRows ?? 0n) > 0n;
    },

    async write(deed, now) {
      checkTime(now);
      await db.insertInto('deeds').values(deedRow(deed, now)).execute();
    },

    async log(worldId, most) {
      const rows = await db
        .selectFrom('deeds')
        .leftJoin('identities as doer', 'doer.id', 'by_id')
        .leftJoin('identities as done', 'done.id', 'of_id')
        .select(['deeds.id', 'at', 'deed', 'role', 'hours', 'of_name'])
        .select(['doer.name as by', 'done.name as of'])
        .where('world_id', 'in', [worldId, EVERYWHERE])
        .orderBy('deeds.id', 'desc')
        .limit(most)
        .execute();
      return rows.map(({ of_name, ...row }) => ({
        ...row,
        by: row.by ?? undefined,
        of: row.of ?? of_name ?? undefined,
        role: (row.role ?? undefined) as RoleRank | undefined,
        hours: row.hours ?? undefined,
      }));
    },

    async allOf(identityId) {
      const [roles, sanctions, deeds] = await Promise.all([
        db
          .selectFrom('roles')
          .select(['world_id as worldId', 'role', 'since'])
          .where('identity_id', '=', identityId)
          .orderBy('world_id')
          .execute(),
        db
          .selectFrom('sanctions')
          .select(['world_id as worldId', 'what', 'since', 'until'])
          .where('identity_id', '=', identityId)
          .orderBy('id')
          .execute(),
        db
          .selectFrom('deeds')
          .select(['world_id as worldId', 'at', 'deed'])
          .where('by_id', '=', identityId)
          .orderBy('id')
          .execute(),
      ]);
      return { roles: roles.map((one) => ({ ...one, role: one.role as RoleRank })), sanctions, deeds };
    },

    async serverKey(name) {
      await db
        .insertInto('server_keys')
        .values({ name, value: randomBytes(32) })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const { value } = await db
        .selectFrom('server_keys')
        .select('value')
        .where('name', '=', name)
        .executeTakeFirstOrThrow();
      return value;
    },

    async tidy(now) {
      checkTime(now);
      await db.transaction().execute(async (all) => {
        await all.deleteFrom('sanctions').where('until', '<=', now).execute();
        await all
          .updateTable('sanctions')
          .set({ address_hash: NO_ADDRESS })
          .where('since', '<=', now - ADDRESS_MS)
          .execute();
        await all
          .deleteFrom('invites')
          .where((e) => e.or([e('until', '<=', now), e('used', '>=', e.ref('uses'))]))
          .execute();
        const kept = all.selectFrom('deeds').select('id').orderBy('id', 'desc').limit(MOST_DEEDS);
        await all.deleteFrom('deeds').where('id', 'not in', kept).execute();
      });
    },
  };
}

const deedRow = ({ worldId, deed, by, of, ofName, role, hours }: Deed, now: number) => ({
  world_id: worldId,
  at: now,
  deed,
  by_id: by ?? null,
  of_id: of ?? null,
  of_name: of === undefined ? (ofName ?? null) : null,
  role: role ?? null,
  hours: hours ?? null,
});
