import { type Kysely, sql } from 'kysely';

/** When somebody last showed in a session that it is them. Whoever has one today showed it as it began. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table sessions add column confirmed_at integer not null default 0`.execute(db);
  await sql`update sessions set confirmed_at = created_at`.execute(db);
}
