import { type Kysely, sql } from 'kysely';
import { plainName } from '../src/plain-name.ts';

const OF = (column: string) => `${column} text not null references identities (id) on delete cascade`;

/** Friends, requests to become some, and blocks; and names as they are searched for. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [
    "alter table identities add column plain_name text not null default ''",
    'create index identities_by_plain_name on identities (plain_name)',
    // Once for both: the lower id stands first.
    `create table friendships (
      one_id text not null references identities (id) on delete cascade,
      other_id text not null references identities (id) on delete cascade,
      since integer not null,
      primary key (one_id, other_id),
      check (one_id < other_id)
    ) strict`,
    'create index friendships_of_other on friendships (other_id)',
    // A declined one stays, so that who was declined can't ask again at once.
    `create table friend_requests (
      ${OF('from_id')},
      ${OF('to_id')},
      asked_at integer not null,
      declined_at integer,
      -- 1 where it was declined and its sender then took it back: they see no more of it
      taken_back integer not null default 0,
      primary key (from_id, to_id),
      check (from_id <> to_id)
    ) strict`,
    'create index friend_requests_to on friend_requests (to_id)',
    `create table blocks (
      ${OF('by_id')},
      ${OF('of_id')},
      since integer not null,
      primary key (by_id, of_id),
      check (by_id <> of_id)
    ) strict`,
    'create index blocks_of on blocks (of_id)',
  ])
    await sql.raw(statement).execute(db);
  const { rows } = await sql<{ id: string; name: string }>`select id, name from identities`.execute(db);
  for (const { id, name } of rows)
    await sql`update identities set plain_name = ${plainName(name)} where id = ${id}`.execute(db);
}
