import type { Kysely, Selectable } from 'kysely';
import { checkHash, checkTime } from '../checks.ts';
import { isThere, toIdentity } from '../identities/sqlite-identities.ts';
import type { Schema, SessionTable } from '../schema.ts';
import type { Session, SessionRepository } from './session-repository.ts';

/** Sessions in the database. What takes more than one statement is one transaction. */
export function sqliteSessions(db: Kysely<Schema>): SessionRepository {
  // Asked with each request: to put it into words each time would cost more than to answer it.
  const found = db
    .selectFrom('sessions')
    .innerJoin('identities', 'identities.id', 'sessions.identity_id')
    .selectAll('sessions')
    .select([
      'identities.id',
      'identities.name',
      'identities.colour',
      'identities.seen_at',
      'identities.shows',
      'identities.pronouns',
      'identities.about',
    ])
    .select('identities.created_at as identity_created_at')
    .where('id_hash', '=', '')
    .compile();
  return {
    async add(session, most) {
      const values = sessionRow(session);
      return db.transaction().execute(async (all) => {
        const { identityId } = session;
        if (!(await isThere(all, identityId))) return undefined;
        const kept = all
          .selectFrom('sessions')
          .select('id_hash')
          .where('identity_id', '=', identityId)
          .orderBy('used_at', 'desc')
          .limit(most - 1);
        const ended = await all
          .deleteFrom('sessions')
          .where('identity_id', '=', identityId)
          .where('id_hash', 'not in', kept)
          .returning('id_hash')
          .execute();
        await all.insertInto('sessions').values(values).execute();
        return ended.map((row) => row.id_hash);
      });
    },

    async find(idHash) {
      checkHash(idHash, 'session hash');
      const {
        rows: [row],
      } = await db.executeQuery({ ...found, parameters: [idHash] } as typeof found);
      if (!row) return undefined;
      const identity = toIdentity({ ...row, created_at: row.identity_created_at });
      return { session: toSession(row), identity };
    },

    async of(identityId, now) {
      checkTime(now);
      const rows = await db
        .selectFrom('sessions')
        .selectAll()
        .where('identity_id', '=', identityId)
        .where('expires_at', '>', now)
        .orderBy('used_at', 'desc')
        .orderBy('created_at', 'desc')
        .execute();
      return rows.map(toSession);
    },

    async used(idHash, now) {
      checkHash(idHash, 'session hash');
      checkTime(now);
      await db.transaction().execute(async (all) => {
        const row = await all
          .updateTable('sessions')
          .set({ used_at: now })
          .where('id_hash', '=', idHash)
          .returning('identity_id')
          .executeTakeFirst();
        if (!row) return;
        await all.updateTable('identities').set({ seen_at: now }).where('id', '=', row.identity_id).execute();
      });
    },

    async confirmed(idHash, now) {
      checkHash(idHash, 'session hash');
      checkTime(now);
      await db.updateTable('sessions').set({ confirmed_at: now }).where('id_hash', '=', idHash).execute();
    },

    async extend(idHash, expiresAt) {
      checkHash(idHash, 'session hash');
      checkTime(expiresAt);
      await db.updateTable('sessions').set({ expires_at: expiresAt }).where('id_hash', '=', idHash).execute();
    },

    async remove(idHash, identityId) {
      checkHash(idHash, 'session hash');
      let wanted = db.deleteFrom('sessions').where('id_hash', '=', idHash);
      if (identityId !== undefined) wanted = wanted.where('identity_id', '=', identityId);
      const { numDeletedRows } = await wanted.executeTakeFirst();
      return numDeletedRows > 0n;
    },

    async removeAllOf(identityId, except) {
      let wanted = db.deleteFrom('sessions').where('identity_id', '=', identityId);
      if (except !== undefined) {
        checkHash(except, 'session hash');
        wanted = wanted.where('id_hash', '!=', except);
      }
      await wanted.execute();
    },

    async removeExpired(now) {
      checkTime(now);
      return db
        .deleteFrom('sessions')
        .where('expires_at', '<=', now)
        .returning(['id_hash as idHash', 'identity_id as identityId'])
        .execute();
    },
  };
}

function sessionRow(session: Session) {
  const { idHash, identityId, device, createdAt, usedAt, expiresAt, confirmedAt } = session;
  checkHash(idHash, 'session hash');
  for (const time of [createdAt, usedAt, expiresAt, confirmedAt]) checkTime(time);
  return {
    id_hash: idHash,
    identity_id: identityId,
    device,
    created_at: createdAt,
    used_at: usedAt,
    expires_at: expiresAt,
    confirmed_at: confirmedAt,
  };
}

function toSession(row: Selectable<SessionTable>): Session {
  return {
    idHash: row.id_hash,
    identityId: row.identity_id,
    device: row.device,
    createdAt: row.created_at,
    usedAt: row.used_at,
    expiresAt: row.expires_at,
    confirmedAt: row.confirmed_at,
  };
}
