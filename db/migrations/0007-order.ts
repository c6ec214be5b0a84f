import { type Kysely, sql } from 'kysely';

const BY = 'by_id text references identities (id) on delete set null';

/** How worlds are kept in order: roles, bans and mutes, locks, invites, and a log of what was done. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [
    // An empty world_id stands for all worlds of the server.
    `create table roles (
      world_id text not null,
      identity_id text not null references identities (id) on delete cascade,
      role integer not null check (role between 1 and 3),
      since integer not null,
      ${BY},
      primary key (world_id, identity_id)
    ) strict`,
    'create index roles_of on roles (identity_id)',
    `create table sanctions (
      id integer primary key autoincrement,
      world_id text not null,
      what text not null check (what in ('ban', 'mute')),
      identity_id text references identities (id) on delete cascade,
      guest_hash text not null,
      -- keyed: an address could be guessed from a plain hash
      address_hash text not null,
      -- of a guest; an identity is called what it is called now
      name text not null,
      since integer not null,
      -- null: for good
      until integer,
      ${BY}
    ) strict`,
    'create index sanctions_of_identity on sanctions (identity_id)',
    'create index sanctions_of_guest on sanctions (guest_hash)',
    'create index sanctions_of_address on sanctions (address_hash)',
    `create table world_locks (
      world_id text primary key not null,
      since integer not null,
      ${BY}
    ) strict`,
    `create table invites (
      id text primary key not null,
      secret_hash text not null unique,
      world_id text not null,
      role integer not null check (role between 1 and 3),
      uses integer not null,
      used integer not null default 0,
      since integer not null,
      until integer not null,
      ${BY},
      check (used <= uses)
    ) strict`,
    `create table deeds (
      id integer primary key autoincrement,
      world_id text not null,
      at integer not null,
      deed text not null,
      ${BY},
      of_id text references identities (id) on delete set null,
      -- of a guest: identities are called what they are called now, and nothing once they are gone
      of_name text,
      role integer,
      hours integer
    ) strict`,
    'create index deeds_of_world on deeds (world_id, id)',
    // Random bytes that only this server knows.
    'create table server_keys (name text primary key not null, value blob not null) strict',
  ])
    await sql.raw(statement).execute(db);
}
