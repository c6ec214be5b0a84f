import type { Identity } from '../identities/identity-repository.ts';

/** A browser in which somebody is signed in. Times in milliseconds since 1970. */
export interface Session {
  /** SHA-256 of the secret in its cookie, 64 small hexadecimal digits. The secret itself is never stored. */
  readonly idHash: string;
  readonly identityId: string;
  /** Browser and system, in words. */
  readonly device: string;
  readonly createdAt: number;
  readonly usedAt: number;
  readonly expiresAt: number;
  /** When its owner last showed that it is them, as on signing in. */
  readonly confirmedAt: number;
}

/** Keeps sessions. Every call throws RangeError on a value out of range. */
export interface SessionRepository {
  /**
   * Begins a session.
   * @param most how many somebody may have; those used longest ago end for it
   * @returns hashes of those that ended; undefined where there is nobody of that identity
   */
  add(session: Session, most: number): Promise<string[] | undefined>;
  /** A session and whose it is, expired or not. */
  find(idHash: string): Promise<{ session: Session; identity: Identity } | undefined>;
  /** Newest use first; those that have not expired. */
  of(identityId: string, now: number): Promise<Session[]>;
  /** It was used, and its owner seen. */
  used(idHash: string, now: number): Promise<void>;
  confirmed(idHash: string, now: number): Promise<void>;
  extend(idHash: string, expiresAt: number): Promise<void>;
  /** Ends one. False where there is none. @param identityId only if it is theirs */
  remove(idHash: string, identityId?: string): Promise<boolean>;
  /** Ends all of somebody. @param except but not this one */
  removeAllOf(identityId: string, except?: string): Promise<void>;
  /** @returns those that were over */
  removeExpired(now: number): Promise<Pick<Session, 'idHash' | 'identityId'>[]>;
}
