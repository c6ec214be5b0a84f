import type { Identity } from '../identities/identity-repository.ts';

/** Somebody, and since when they are what they are to one: milliseconds since 1970. */
export interface Relation {
  readonly identity: Identity;
  readonly since: number;
}

/** All that one has to do with others. Each list by name, then id. */
export interface Relations {
  readonly friends: readonly Relation[];
  /** Who asks to be one's friend. */
  readonly incoming: readonly Relation[];
  /** Whom one has asked, and who has not answered: declined ones are among them, so that nobody learns of it. */
  readonly outgoing: readonly Relation[];
  readonly blocked: readonly Relation[];
}

/** What came of asking; `friends`: they had asked, too; `full`: too many wait for them. */
export type RequestResult = 'asked' | 'friends' | 'already' | 'too-soon' | 'too-many' | 'full' | 'not-found';

export interface FriendLimits {
  /** Requests that wait, of one who asks. */
  readonly requests: number;
  /** Requests that wait for one person. */
  readonly waiting: number;
  readonly friends: number;
  /** People one may block. */
  readonly blocks: number;
  /** The same person may be asked again after so long, in milliseconds, whatever became of it: it tells nothing. */
  readonly patienceMs: number;
}

/**
 * Keeps who is whose friend. Time comes in as `now`, in milliseconds since 1970. Each call is done whole or not at all. Of
 * two of whom one blocks the other, neither finds the other. Every call throws RangeError on a value out of range.
 */
export interface FriendRepository {
  of(id: string): Promise<Relations>;
  /** Asks somebody; who asks back becomes a friend. `not-found` where either blocks the other, too. */
  request(from: string, to: string, limits: FriendLimits, now: number): Promise<RequestResult>;
  /** `too-many` where either has as many friends as may be. */
  accept(
    by: string,
    from: string,
    limits: FriendLimits,
    now: number,
  ): Promise<'friends' | 'not-found' | 'too-many'>;
  /** False where nobody asks. */
  decline(by: string, from: string, now: number): Promise<boolean>;
  /** Takes one's own request back. False where there is none that waits, as far as one sees. */
  cancel(by: string, to: string): Promise<boolean>;
  unfriend(by: string, other: string): Promise<boolean>;
  /**
   * Ends friendship and requests of the two. `ended`: the other sees one of those less; `too-many` where one blocks as many
   * as may be; `not-found` where there is nobody of that id.
   */
  block(
    by: string,
    other: string,
    limits: Pick<FriendLimits, 'blocks'>,
    now: number,
  ): Promise<'blocked' | 'ended' | 'too-many' | 'not-found'>;
  unblock(by: string, other: string): Promise<boolean>;
  /** Everybody whom somebody blocks, or who blocks them. */
  blocksAround(id: string): Promise<{ by: string; of: string }[]>;
  /** People whose name holds what was typed, those whose name begins so first. @param most of them */
  search(by: string, typed: string, most: number): Promise<Identity[]>;
}
