import { type Kysely, sql } from 'kysely';

/** How much friends see of where somebody is. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table identities add column shows text not null default 'place'
    check (shows in ('place', 'presence', 'nothing'))
  `.execute(db);
}
