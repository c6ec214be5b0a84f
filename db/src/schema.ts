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

/** The tables, as the newest migration leaves them. */
export interface Schema {
  guests: GuestTable;
}
