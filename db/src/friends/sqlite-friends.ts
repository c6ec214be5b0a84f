import { type Expression, type ExpressionBuilder, type Kysely, type SqlBool, sql } from 'kysely';
import { checkTime } from '../checks.ts';
import { isThere, toIdentity } from '../identities/sqlite-identities.ts';
import { plainName } from '../plain-name.ts';
import type { Schema } from '../schema.ts';
import type { FriendRepository, Relation } from './friend-repository.ts';

const WHO = [
  'identities.id',
  'identities.name',
  'identities.colour',
  'identities.seen_at',
  'identities.shows',
  'identities.pronouns',
  'identities.about',
] as const;
type Row = Parameters<typeof toIdentity>[0] & { since: number };

/** Friends in the database. What takes more than one statement is one transaction. */
export function sqliteFriends(db: Kysely<Schema>): FriendRepository {
  return {
    async of(id) {
      return db.transaction().execute(async (all) => {
        const friends = await all
          .selectFrom('friendships')
          .innerJoin('identities', (join) =>
            join.on((on) =>
              on.or([
                on.and([on('one_id', '=', id), on('identities.id', '=', on.ref('other_id'))]),
                on.and([on('other_id', '=', id), on('identities.id', '=', on.ref('one_id'))]),
              ]),
            ),
          )
          .select([...WHO, 'identities.created_at', 'since'])
          .execute();
        const incoming = await all
          .selectFrom('friend_requests')
          .innerJoin('identities', 'identities.id', 'from_id')
          .select([...WHO, 'identities.created_at', 'asked_at as since'])
          .where('to_id', '=', id)
          .where('declined_at', 'is', null)
          .execute();
        const outgoing = await all
          .selectFrom('friend_requests')
          .innerJoin('identities', 'identities.id', 'to_id')
          .select([...WHO, 'identities.created_at', 'asked_at as since'])
          .where('from_id', '=', id)
          .where('taken_back', '=', 0)
          .execute();
        const blocked = await all
          .selectFrom('blocks')
          .innerJoin('identities', 'identities.id', 'of_id')
          .select([...WHO, 'identities.created_at', 'since'])
          .where('by_id', '=', id)
          .execute();
        return {
          friends: toRelations(friends),
          incoming: toRelations(incoming),
          outgoing: toRelations(outgoing),
          blocked: toRelations(blocked),
        };
      });
    },

    async request(from, to, limits, now) {
      checkTime(now);
      return db.transaction().execute(async (all) => {
        if (from === to || !(await isThere(all, from)) || !(await isThere(all, to))) return 'not-found';
        if (await isBlocked(all, from, to)) return 'not-found';
        if (await areFriends(all, from, to)) return 'already';
        const theirs = await requestOf(all, to, from);
        if (theirs && theirs.declined_at === null) return befriend(all, from, to, limits, now);
        const mine = await requestOf(all, from, to);
        // Whatever became of it, the answer is the same: nobody learns that they were declined.
        if (mine && now - mine.asked_at < limits.patienceMs)
          return mine.taken_back === 0 ? 'already' : 'too-soon';
        const waiting = await all
          .selectFrom('friend_requests')
          .select((e) => e.fn.countAll<number>().as('count'))
          .where('from_id', '=', from)
          .where('to_id', '<>', to)
          .where('declined_at', 'is', null)
          .executeTakeFirstOrThrow();
        if (Number(waiting.count) >= limits.requests) return 'too-many';
        const full = await all
          .selectFrom('friend_requests')
          .select((e) => e.fn.countAll<number>().as('count'))
          .where('to_id', '=', to)
          .where('from_id', '<>', from)
          .where('declined_at', 'is', null)
          .executeTakeFirstOrThrow();
        if (Number(full.count) >= limits.waiting) return 'full';
        await all
          .insertInto('friend_requests')
          .orReplace()
          .values({ from_id: from, to_id: to, asked_at: now, declined_at: null, taken_back: 0 })
          .execute();
        return 'asked';
      });
    },

    async accept(by, from, limits, now) {
      checkTime(now);
      return db.transaction().execute(async (all) => {
        const asked = await requestOf(all, from, by);
        if (!asked || asked.declined_at !== null) return 'not-found';
        return befriend(all, by, from, limits, now);
      });
    },

    async decline(by, from, now) {
      checkTime(now);
      const { numUpdatedRows } = await db
        .updateTable('friend_requests')
        .set({ declined_at: now })
        .where('from_id', '=', from)
        .where('to_id', '=', by)
        .where('declined_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    async cancel(by, to) {
      // It stays, as a declined one does: asking and taking back in turn would be told to the other each time.
      const { numUpdatedRows } = await db
        .updateTable('friend_requests')
        .set((e) => ({ taken_back: 1, declined_at: e.fn.coalesce('declined_at', 'asked_at') }))
        .where((e) => e.and({ from_id: by, to_id: to, taken_back: 0 }))
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    async unfriend(by, other) {
      const { numDeletedRows } = await db
        .deleteFrom('friendships')
        .where((e) => e.and(pair(by, other)))
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },

    async block(by, other, limits, now) {
      checkTime(now);
      return db.transaction().execute(async (all) => {
        if (by === other || !(await isThere(all, by)) || !(await isThere(all, other))) return 'not-found';
        const { count } = await all
          .selectFrom('blocks')
          .select((e) => e.fn.countAll<number>().as('count'))
          .where('by_id', '=', by)
          .where('of_id', '<>', other)
          .executeTakeFirstOrThrow();
        if (Number(count) >= limits.blocks) return 'too-many';
        const [theirs, mine] = [await requestOf(all, other, by), await requestOf(all, by, other)];
        const { numDeletedRows } = await all
          .deleteFrom('friendships')
          .where((e) => e.and(pair(by, other)))
          .executeTakeFirst();
        await endRequests(all, by, other);
        const ended = numDeletedRows > 0n || theirs?.taken_back === 0 || mine?.declined_at === null;
        await all
          .insertInto('blocks')
          .values({ by_id: by, of_id: other, since: now })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        return ended ? 'ended' : 'blocked';
      });
    },

    async unblock(by, other) {
      const { numDeletedRows } = await db
        .deleteFrom('blocks')
        .where('by_id', '=', by)
        .where('of_id', '=', other)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },

    async blocksAround(id) {
      return db
        .selectFrom('blocks')
        .select(['by_id as by', 'of_id as of'])
        .where((e) => e.or([e('by_id', '=', id), e('of_id', '=', id)]))
        .execute();
    },

    async search(by, typed, most) {
      const plain = plainName(typed).replace(/[\\%_]/g, '\\$&');
      if (plain === '') return [];
      const begins = sql<SqlBool>`plain_name like ${`${plain}%`} escape '\\'`;
      const rows = await db
        .selectFrom('identities')
        .select([...WHO, 'identities.created_at'])
        .where('id', '!=', by)
        .where(sql<SqlBool>`plain_name like ${`%${plain}%`} escape '\\'`)
        .where((e) => e.not(e.exists(blockOf(e, by))))
        .orderBy(begins, 'desc')
        .orderBy('plain_name')
        .orderBy('id')
        .limit(most)
        .execute();
      return rows.map(toIdentity);
    },
  };
}

const pair = (a: string, b: string) => (a < b ? { one_id: a, other_id: b } : { one_id: b, other_id: a });

function toRelations(rows: readonly Row[]): Relation[] {
  return rows
    .map((row) => ({ identity: toIdentity(row), since: row.since }))
    .sort(({ identity: a }, { identity: b }) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1));
}

/** A block between the identity of a row and somebody, in either direction. */
function blockOf(e: ExpressionBuilder<Schema, 'identities'>, id: string): Expression<{ by_id: string }> {
  return e
    .selectFrom('blocks')
    .select('by_id')
    .where((b) =>
      b.or([
        b.and([b('by_id', '=', id), b('of_id', '=', b.ref('identities.id'))]),
        b.and([b('of_id', '=', id), b('by_id', '=', b.ref('identities.id'))]),
      ]),
    );
}

async function isBlocked(db: Kysely<Schema>, a: string, b: string): Promise<boolean> {
  const row = await db
    .selectFrom('blocks')
    .select('by_id')
    .where((e) => e.or([e.and({ by_id: a, of_id: b }), e.and({ by_id: b, of_id: a })]))
    .executeTakeFirst();
  return row !== undefined;
}

async function areFriends(db: Kysely<Schema>, a: string, b: string): Promise<boolean> {
  const row = await db
    .selectFrom('friendships')
    .select('since')
    .where((e) => e.and(pair(a, b)))
    .executeTakeFirst();
  return row !== undefined;
}

const requestOf = (db: Kysely<Schema>, from: string, to: string) =>
  db
    .selectFrom('friend_requests')
    .selectAll()
    .where('from_id', '=', from)
    .where('to_id', '=', to)
    .executeTakeFirst();

async function endRequests(db: Kysely<Schema>, a: string, b: string): Promise<void> {
  await db
    .deleteFrom('friend_requests')
    .where((e) => e.or([e.and({ from_id: a, to_id: b }), e.and({ from_id: b, to_id: a })]))
    .execute();
}

async function befriend(
  db: Kysely<Schema>,
  a: string,
  b: string,
  { friends: most }: { readonly friends: number },
  now: number,
): Promise<'friends' | 'too-many'> {
  for (const id of [a, b]) {
    const { count } = await db
      .selectFrom('friendships')
      .select((e) => e.fn.countAll<number>().as('count'))
      .where((e) => e.or([e('one_id', '=', id), e('other_id', '=', id)]))
      .executeTakeFirstOrThrow();
    if (Number(count) >= most) return 'too-many';
  }
  await endRequests(db, a, b);
  await db
    .insertInto('friendships')
    .values({ ...pair(a, b), since: now })
    .execute();
  return 'friends';
}
