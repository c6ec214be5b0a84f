import { type Kysely, sql } from 'kysely';

/** What somebody says of themselves: how to speak of them, and a line of their own. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table identities add column pronouns text not null default ''`.execute(db);
  await sql`alter table identities add column about text not null default ''`.execute(db);
}
