import { type Kysely, sql } from 'kysely';

/** Guests. STRICT, so that SQLite refuses a wrong type rather than keeping it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table guests (
      id integer primary key autoincrement,
      key_hash text not null unique check (length(key_hash) = 64 and key_hash not glob '*[^0-9a-f]*'),
      name text not null check (length(name) > 0),
      colour integer not null check (colour >= 0),
      world_id text,
      x real,
      z real,
      yaw real,
      created_at integer not null,
      seen_at integer not null,
      check ((world_id is null) = (x is null) and (x is null) = (z is null) and (z is null) = (yaw is null))
    ) strict
  `.execute(db);
}
