import type { Identity } from '../identities/identity-repository.ts';

/** 0 none, 1 member, 2 moderator, 3 owner. */
export type RoleRank = 0 | 1 | 2 | 3;

export interface RoleHolder {
  readonly identity: Identity;
  readonly role: RoleRank;
  /** In all worlds of the server. */
  readonly everywhere: boolean;
}

/** By what somebody may be known again. */
export interface Marks {
  /** Undefined for a guest. */
  readonly identityId: string | undefined;
  /** SHA-256 of the browser's secret. */
  readonly guestHash: string;
  /** Keyed hash of the address they came from. */
  readonly addressHash: string;
}

export interface NewSanction extends Marks {
  readonly worldId: string;
  readonly what: 'ban' | 'mute';
  readonly name: string;
  /** Undefined: for good. */
  readonly until: number | undefined;
  readonly by: string;
}

export interface Sanction {
  readonly id: number;
  readonly what: 'ban' | 'mute';
  readonly identityId: string | undefined;
  readonly guestHash: string;
  readonly addressHash: string;
  /** Of an identity as it is called now. */
  readonly name: string;
  readonly since: number;
  readonly until: number | undefined;
  /** Name of who made it; undefined where they are no more. */
  readonly by: string | undefined;
}

export interface Invite {
  /** 11 characters of base64url: names it to those who manage it, and lets nobody in. */
  readonly id: string;
  /** Empty for all worlds. */
  readonly worldId: string;
  readonly role: RoleRank;
  readonly uses: number;
  readonly used: number;
  readonly until: number;
  readonly by: string | undefined;
}

export interface NewInvite extends Omit<Invite, 'used' | 'by'> {
  readonly secretHash: string;
  /** Undefined: the server made it. */
  readonly by: string | undefined;
}

export interface Deed {
  readonly worldId: string;
  readonly deed: string;
  readonly by?: string | undefined;
  /** To whom: an identity, or a guest by name. */
  readonly of?: string | undefined;
  readonly ofName?: string | undefined;
  readonly role?: RoleRank | undefined;
  readonly hours?: number | undefined;
}

export interface LoggedDeed {
  readonly id: number;
  readonly at: number;
  readonly deed: string;
  /** Names, as they are now. */
  readonly by: string | undefined;
  readonly of: string | undefined;
  readonly role: RoleRank | undefined;
  readonly hours: number | undefined;
}

/** All that is kept of somebody here, for them to take along. */
export interface OrderOfSomebody {
  readonly roles: readonly { readonly worldId: string; readonly role: RoleRank; readonly since: number }[];
  /** What was done to them and holds or held until it was tidied away. */
  readonly sanctions: readonly {
    readonly worldId: string;
    readonly what: 'ban' | 'mute';
    readonly since: number;
    readonly until: number | null;
  }[];
  /** What they did. */
  readonly deeds: readonly { readonly worldId: string; readonly at: number; readonly deed: string }[];
}

/**
 * Keeps how worlds are kept in order. Time comes in as `now`, in milliseconds since 1970. Each call is done whole or not at
 * all. Every call throws RangeError on a value out of range.
 */
export interface OrderRepository {
  /** The higher of what somebody is in a world and what they are everywhere. */
  roleOf(worldId: string, identityId: string): Promise<RoleRank>;
  /** Who has a role, highest first, then by name; those who have it everywhere once. */
  roles(worldId: string): Promise<RoleHolder[]>;
  /** Somebody owns all worlds. */
  hasOwner(): Promise<boolean>;
  /**
   * Gives a role, or takes it back (0).
   * @returns `nobody`: there is no such identity; `last-one`: nobody would own the world any more
   */
  setRole(
    worldId: string,
    identityId: string,
    role: RoleRank,
    by: string | undefined,
    now: number,
  ): Promise<'set' | 'nobody' | 'last-one'>;
  isLocked(worldId: string): Promise<boolean>;
  /** @returns false where it was so already */
  setLocked(worldId: string, locked: boolean, by: string, now: number): Promise<boolean>;
  /** @returns its number; undefined where its identity is gone */
  addSanction(sanction: NewSanction, now: number): Promise<number | undefined>;
  /**
   * What holds against somebody in a world: by who they are, by their browser, and, for guests alone and for a week at
   * most, by their address. Those that end last come first.
   */
  sanctionsOn(worldId: string, marks: Marks, now: number): Promise<Pick<Sanction, 'id' | 'what' | 'until'>[]>;
  /** All that hold in a world, newest first. */
  sanctions(worldId: string, now: number): Promise<Sanction[]>;
  /** Ends one. @returns what it was; undefined where there is none */
  lift(worldId: string, id: number): Promise<Sanction | undefined>;
  /** @param most that may be live in a world @returns false where there are as many */
  addInvite(invite: NewInvite, most: number, now: number): Promise<boolean>;
  /** Those that can still be used, newest first. */
  invites(worldId: string, now: number): Promise<Invite[]>;
  /** One that can still be used. */
  findInvite(secretHash: string, now: number): Promise<Invite | undefined>;
  /** Ends one. @returns what it was; undefined where there is none */
  revoke(worldId: string, id: string): Promise<Invite | undefined>;
  /** Ends all that the server made. */
  revokeServers(): Promise<void>;
  /** @returns `over`: it can't be used any more; `already`: they are as much, and it is not used up by that */
  accept(
    secretHash: string,
    identityId: string,
    now: number,
  ): Promise<Invite | 'over' | 'already' | 'nobody'>;
  write(deed: Deed, now: number): Promise<void>;
  /** Of a world, and what concerns all, newest first. */
  log(worldId: string, most: number): Promise<LoggedDeed[]>;
  /** All that is kept of an identity. */
  allOf(identityId: string): Promise<OrderOfSomebody>;
  /** Random bytes that only this server knows, made when they are asked for first. */
  serverKey(name: string): Promise<Uint8Array>;
  /** Deletes what is over, addresses that count no more, and all but the newest deeds. */
  tidy(now: number): Promise<void>;
}
