import type { Kysely } from 'kysely';
import { checkHash, checkTime } from '../checks.ts';
import { isThere } from '../identities/sqlite-identities.ts';
import type { Schema } from '../schema.ts';
import type { Invite, OrderRepository, RoleRank } from './order-repository.ts';
import { EVERYWHERE, putRole, roleOf } from './roles.ts';

type Invites = Pick<
  OrderRepository,
  'addInvite' | 'invites' | 'findInvite' | 'revoke' | 'revokeServers' | 'accept'
>;

/** Links that give a role. */
export function sqliteInvites(db: Kysely<Schema>): Invites {
  return {
    async addInvite({ id, secretHash, worldId, role, uses, until, by }, most, now) {
      checkTime(now);
      checkTime(until);
      checkHash(secretHash, 'secret hash');
      return db.transaction().execute(async (all) => {
        const live = await liveInvites(all, now).where('world_id', '=', worldId).execute();
        if (live.length >= most) return false;
        await all
          .insertInto('invites')
          .values({
            id,
            secret_hash: secretHash,
            world_id: worldId,
            role,
            uses,
            since: now,
            until,
            by_id: by ?? null,
          })
          .execute();
        return true;
      });
    },

    async invites(worldId, now) {
      const rows = await liveInvites(db, now)
        .where('world_id', '=', worldId)
        .orderBy('since', 'desc')
        .execute();
      return rows.map(toInvite);
    },

    async findInvite(secretHash, now) {
      const row = await liveInvites(db, now).where('secret_hash', '=', secretHash).executeTakeFirst();
      return row && toInvite(row);
    },

    async revoke(worldId, id) {
      const row = await db
        .deleteFrom('invites')
        .where('world_id', '=', worldId)
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirst();
      return row && toInvite({ ...row, by: null });
    },

    async revokeServers() {
      await db.deleteFrom('invites').where('world_id', '=', EVERYWHERE).where('by_id', 'is', null).execute();
    },

    async accept(secretHash, identityId, now) {
      checkTime(now);
      return db.transaction().execute(async (all) => {
        const row = await liveInvites(all, now).where('secret_hash', '=', secretHash).executeTakeFirst();
        if (!row) return 'over';
        if (!(await isThere(all, identityId))) return 'nobody';
        const invite = toInvite(row);
        if ((await roleOf(all, invite.worldId, identityId)) >= invite.role) return 'already';
        await all
          .updateTable('invites')
          .set((e) => ({ used: e('used', '+', 1) }))
          .where('id', '=', invite.id)
          .execute();
        await putRole(all, invite.worldId, identityId, invite.role, row.by_id ?? undefined, now);
        return { ...invite, used: invite.used + 1 };
      });
    },
  };
}

const liveInvites = (db: Kysely<Schema>, now: number) =>
  db
    .selectFrom('invites')
    .leftJoin('identities as maker', 'maker.id', 'by_id')
    .selectAll('invites')
    .select('maker.name as by')
    .where('until', '>', now)
    .whereRef('used', '<', 'uses');

type Row = Awaited<ReturnType<ReturnType<typeof liveInvites>['executeTakeFirstOrThrow']>>;

const toInvite = (row: Omit<Row, 'by'> & { by: string | null }): Invite => ({
  id: row.id,
  worldId: row.world_id,
  role: row.role as RoleRank,
  uses: row.uses,
  used: row.used,
  until: row.until,
  by: row.by ?? undefined,
});
