import type { Kysely } from 'kysely';
import { checkTime } from '../checks.ts';
import { isThere, toIdentity } from '../identities/sqlite-identities.ts';
import type { Schema } from '../schema.ts';
import type { OrderRepository, RoleRank } from './order-repository.ts';

/** For all worlds. */
export const EVERYWHERE = '';
const OWNER = 3;

type Roles = Pick<OrderRepository, 'roleOf' | 'roles' | 'hasOwner' | 'setRole'>;

/** Who is what, and where. */
export function sqliteRoles(db: Kysely<Schema>): Roles {
  return {
    roleOf: (worldId, identityId) => roleOf(db, worldId, identityId),

    async roles(worldId) {
      const rows = await db
        .selectFrom('roles')
        .innerJoin('identities', 'identities.id', 'identity_id')
        .selectAll('identities')
        .select(['role', 'world_id'])
        .where('world_id', 'in', [worldId, EVERYWHERE])
        .execute();
      const highest = Object.values(Object.groupBy(rows, ({ id }) => id)).flatMap(
        (held) =>
          held?.toSorted(
            (a, b) =>
              b.role - a.role || Number(a.world_id !== EVERYWHERE) - Number(b.world_id !== EVERYWHERE),
          )[0] ?? [],
      );
      return highest
        .toSorted((a, b) => b.role - a.role || a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1))
        .map((row) => ({
          identity: toIdentity(row),
          role: row.role as RoleRank,
          everywhere: row.world_id === EVERYWHERE,
        }));
    },

    async hasOwner() {
      const row = await db
        .selectFrom('roles')
        .select('since')
        .where('world_id', '=', EVERYWHERE)
        .where('role', '=', OWNER)
        .executeTakeFirst();
      return row !== undefined;
    },

    async setRole(worldId, identityId, role, by, now) {
      checkTime(now);
      return db.transaction().execute(async (all) => {
        if (!(await isThere(all, identityId))) return 'nobody';
        const owners = await all
          .selectFrom('roles')
          .select('identity_id')
          .where('role', '=', OWNER)
          .where('world_id', 'in', [worldId, EVERYWHERE])
          .execute();
        const others = owners.filter((one) => one.identity_id !== identityId);
        if (role < OWNER && owners.length > 0 && others.length === 0) return 'last-one';
        await putRole(all, worldId, identityId, role, by, now);
        return 'set';
      });
    },
  };
}

/** The higher of the two. */
export async function roleOf(db: Kysely<Schema>, worldId: string, identityId: string): Promise<RoleRank> {
  const { role } = await db
    .selectFrom('roles')
    .select((e) => e.fn.max('role').as('role'))
    .where('identity_id', '=', identityId)
    .where('world_id', 'in', [worldId, EVERYWHERE])
    .executeTakeFirstOrThrow();
  return (role ?? 0) as RoleRank;
}

export async function putRole(
  db: Kysely<Schema>,
  worldId: string,
  identityId: string,
  role: RoleRank,
  by: string | undefined,
  now: number,
): Promise<void> {
  if (role === 0) {
    await db
      .deleteFrom('roles')
      .where('world_id', '=', worldId)
      .where('identity_id', '=', identityId)
      .execute();
    return;
  }
  await db
    .insertInto('roles')
    .orReplace()
    .values({ world_id: worldId, identity_id: identityId, role, since: now, by_id: by ?? null })
    .execute();
}
