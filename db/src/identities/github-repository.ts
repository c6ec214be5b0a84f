import type { Identity } from './identity-repository.ts';

/** Somebody at GitHub: a number at a host. */
export interface GithubKey {
  /** Like github.com, or that of a GitHub Enterprise server. */
  readonly host: string;
  /** The number of the account, which never changes hands. */
  readonly githubId: number;
}

/** An account at GitHub as it is called now. */
export type GithubAccount = GithubKey & { readonly login: string };

/** One that signs an identity in. */
export interface GithubLink extends GithubAccount {
  readonly linkedAt: number;
  /** Undefined until it was used to sign in. */
  readonly usedAt: number | undefined;
}

/**
 * Keeps which account at GitHub signs whom in: at most one each way. Time comes in as `now`, in milliseconds since 1970. Each
 * call is done whole or not at all, and throws RangeError on a value out of range.
 */
export interface GithubRepository {
  /** Somebody signs in: their name there is kept as it is now. @returns whose it is, or undefined */
  used(account: GithubAccount, now: number): Promise<string | undefined>;
  /** Makes somebody who signs in by it. @returns undefined where it is somebody's already */
  create(
    identity: Pick<Identity, 'id' | 'name' | 'colour'>,
    account: GithubAccount,
    now: number,
  ): Promise<Identity | undefined>;
  /**
   * @returns `linked` also where it was; `taken` where it is somebody else's; `has-one` where the identity has another;
   * `nobody` where there is no such identity
   */
  link(
    identityId: string,
    account: GithubAccount,
    now: number,
  ): Promise<'linked' | 'taken' | 'has-one' | 'nobody'>;
  /** It stays where there is no passkey: nobody could sign in any more. */
  unlink(identityId: string): Promise<'unlinked' | 'last' | 'not-found'>;
  linkOf(identityId: string): Promise<GithubLink | undefined>;
}
