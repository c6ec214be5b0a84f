import type { Generated } from 'kysely';

/** A person without an account, known by a secret in their browser. Times in milliseconds since 1970, lengths in metres. */
export interface GuestTable {
  id: Generated<number>;
  key_hash: string;
  name: string;
  colour: number;
  /** The four say where the guest left; all are null until then. */
  world_id: string | null;
  x: number | null;
  z: number | null;
  yaw: number | null;
  created_at: number;
  seen_at: number;
}

/** Somebody with an identity of their own, on as many devices as they like. */
export interface IdentityTable {
  /** 16 random bytes in base64url. */
  id: string;
  name: string;
  colour: number;
  created_at: number;
  seen_at: number;
  /** The name as it is searched for: see plain-name.ts. */
  plain_name: Generated<string>;
  /** How much friends see of where they are. */
  shows: Generated<'place' | 'presence' | 'nothing'>;
  /** How to speak of them, and a line of their own; both may be empty. */
  pronouns: Generated<string>;
  about: Generated<string>;
}

/** A WebAuthn credential of an identity. */
export interface PasskeyTable {
  /** In base64url. */
  credential_id: string;
  identity_id: string;
  /** The domain it works at. */
  rp_id: string;
  /** COSE key. */
  public_key: Uint8Array;
  counter: number;
  /** JSON list of strings. */
  transports: string;
  name: string;
  created_at: number;
  used_at: number | null;
}

/** An account at GitHub by which an identity signs in. */
export interface GithubAccountTable {
  /** Like github.com, or that of a GitHub Enterprise server. */
  host: string;
  /** Its number there. */
  github_id: number;
  identity_id: string;
  /** What it was called when it was last used. */
  login: string;
  linked_at: number;
  used_at: number | null;
}

/** A code that signs in once; what was used is deleted. */
export interface RecoveryCodeTable {
  /** SHA-256, 64 small hexadecimal digits. */
  code_hash: string;
  identity_id: string;
  created_at: number;
}

/** A browser in which an identity is signed in. */
export interface SessionTable {
  /** SHA-256 of the secret in the cookie, 64 small hexadecimal digits. */
  id_hash: string;
  identity_id: string;
  device: string;
  created_at: number;
  used_at: number;
  expires_at: number;
  /** When its owner last showed that it is them. */
  confirmed_at: number;
}

/** Two who are friends, once: the lower id stands first. */
export interface FriendshipTable {
  one_id: string;
  other_id: string;
  since: number;
}

/** Somebody asks another to be friends. */
export interface FriendRequestTable {
  from_id: string;
  to_id: string;
  asked_at: number;
  /** A declined one stays, so that who was declined can't ask again at once. */
  declined_at: number | null;
  /** 1 where it was declined and its sender then took it back. */
  taken_back: Generated<number>;
}

/** Somebody wants nothing of another. */
export interface BlockTable {
  by_id: string;
  of_id: string;
  since: number;
}

/** What somebody is in a world; an empty world_id stands for all of them. */
export interface RoleTable {
  world_id: string;
  identity_id: string;
  /** 1 member, 2 moderator, 3 owner. */
  role: number;
  since: number;
  by_id: string | null;
}

/** A ban or a mute that holds in a world. */
export interface SanctionTable {
  id: Generated<number>;
  world_id: string;
  what: 'ban' | 'mute';
  identity_id: string | null;
  guest_hash: string;
  /** Keyed: see order/order-repository.ts. */
  address_hash: string;
  /** Of a guest. */
  name: string;
  since: number;
  /** Null: for good. */
  until: number | null;
  by_id: string | null;
}

/** A world that only members come into. */
export interface WorldLockTable {
  world_id: string;
  since: number;
  by_id: string | null;
}

/** A link that gives a role. */
export interface InviteTable {
  id: string;
  /** SHA-256 of what the link carries. */
  secret_hash: string;
  world_id: string;
  role: number;
  uses: number;
  used: Generated<number>;
  since: number;
  until: number;
  by_id: string | null;
}

/** One line of the log. */
export interface DeedTable {
  id: Generated<number>;
  world_id: string;
  at: number;
  deed: string;
  by_id: string | null;
  of_id: string | null;
  /** Of a guest. */
  of_name: string | null;
  role: number | null;
  hours: number | null;
}

export interface ServerKeyTable {
  name: string;
  value: Uint8Array;
}

/** The tables, as the newest migration leaves them. */
export interface Schema {
  guests: GuestTable;
  identities: IdentityTable;
  passkeys: PasskeyTable;
  github_accounts: GithubAccountTable;
  recovery_codes: RecoveryCodeTable;
  sessions: SessionTable;
  friendships: FriendshipTable;
  friend_requests: FriendRequestTable;
  blocks: BlockTable;
  roles: RoleTable;
  sanctions: SanctionTable;
  world_locks: WorldLockTable;
  invites: InviteTable;
  deeds: DeedTable;
  server_keys: ServerKeyTable;
}
