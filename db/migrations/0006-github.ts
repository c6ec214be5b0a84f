import { type Kysely, sql } from 'kysely';

/** Accounts at GitHub, or at a GitHub Enterprise server, by which identities sign in. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Numbers count at one host alone; names there change hands.
  await sql`
    create table github_accounts (
      host text not null,
      github_id integer not null,
      identity_id text not null unique references identities (id) on delete cascade,
      login text not null,
      linked_at integer not null,
      used_at integer,
      primary key (host, github_id)
    ) strict
  `.execute(db);
}
