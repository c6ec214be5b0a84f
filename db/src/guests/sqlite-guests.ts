import type { Kysely, Selectable } from 'kysely';
import { checkHash, checkLook, checkTime } from '../checks.ts';
import type { GuestTable, Schema } from '../schema.ts';
import { checkPlace } from './check-place.ts';
import type { Guest, GuestRepository, Place } from './guest-repository.ts';

/** Guests in the database. Each call is one statement, so none can be half done. */
export function sqliteGuests(db: Kysely<Schema>): GuestRepository {
  return {
    async visit(keyHash, look, now) {
      checkHash(keyHash, 'key hash');
      checkLook(look);
      checkTime(now);
      const { name, colour } = look;
      const row = await db
        .insertInto('guests')
        .values({ key_hash: keyHash, name, colour, created_at: now, seen_at: now })
        .onConflict((conflict) => conflict.column('key_hash').doUpdateSet({ name, colour, seen_at: now }))
        .returningAll()
        .executeTakeFirstOrThrow();
      return toGuest(row);
    },

    async leftAt(keyHash, place, now) {
      checkHash(keyHash, 'key hash');
      checkPlace(place);
      checkTime(now);
      const { worldId, x, z, yaw } = place;
      const row = await db
        .updateTable('guests')
        .set({ world_id: worldId, x, z, yaw, seen_at: now })
        .where('key_hash', '=', keyHash)
        .returningAll()
        .executeTakeFirst();
      return row && toGuest(row);
    },

    async find(keyHash) {
      checkHash(keyHash, 'key hash');
      const row = await db
        .selectFrom('guests')
        .selectAll()
        .where('key_hash', '=', keyHash)
        .executeTakeFirst();
      return row && toGuest(row);
    },
  };
}

function toGuest(row: Selectable<GuestTable>): Guest {
  return {
    id: row.id,
    keyHash: row.key_hash,
    name: row.name,
    colour: row.colour,
    place: toPlace(row),
    createdAt: row.created_at,
    seenAt: row.seen_at,
  };
}

function toPlace({ world_id, x, z, yaw }: Selectable<GuestTable>): Place | undefined {
  return world_id === null || x === null || z === null || yaw === null
    ? undefined
    : { worldId: world_id, x, z, yaw };
}
