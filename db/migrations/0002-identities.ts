import { type Kysely, sql } from 'kysely';

const HEX_64 = (column: string) => `check (length(${column}) = 64 and ${column} not glob '*[^0-9a-f]*')`;
const OF_IDENTITY = 'identity_id text not null references identities (id) on delete cascade';

/** People with an identity of their own: how they sign in, and where they are signed in. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [
    `create table identities (
      id text primary key check (length(id) = 22),
      name text not null check (length(name) > 0),
      colour integer not null check (colour >= 0),
      created_at integer not null,
      seen_at integer not null
    ) strict`,
    `create table passkeys (
      credential_id text primary key check (length(credential_id) > 0),
      ${OF_IDENTITY},
      rp_id text not null check (length(rp_id) > 0),
      public_key blob not null,
      counter integer not null check (counter >= 0),
      transports text not null,
      name text not null check (length(name) > 0),
      created_at integer not null,
      used_at integer
    ) strict`,
    'create index passkeys_of_identity on passkeys (identity_id)',
    `create table recovery_codes (
      code_hash text primary key ${HEX_64('code_hash')},
      ${OF_IDENTITY},
      created_at integer not null
    ) strict`,
    'create index recovery_codes_of_identity on recovery_codes (identity_id)',
    `create table sessions (
      id_hash text primary key ${HEX_64('id_hash')},
      ${OF_IDENTITY},
      device text not null,
      created_at integer not null,
      used_at integer not null,
      expires_at integer not null
    ) strict`,
    'create index sessions_of_identity on sessions (identity_id)',
    'create index sessions_by_expiry on sessions (expires_at)',
  ])
    await sql.raw(statement).execute(db);
}
