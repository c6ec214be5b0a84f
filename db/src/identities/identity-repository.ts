/** Somebody with an identity of their own. */
export interface Identity {
  /** 16 random bytes in base64url: it is also what passkeys know them by, and says nothing about them. */
  readonly id: string;
  readonly name: string;
  /** Number of a person colour, 0 or more. */
  readonly colour: number;
  /** First and last time, in milliseconds since 1970. */
  readonly createdAt: number;
  readonly seenAt: number;
  /** How much friends see: that they are there and in which world, only that they are there, or nothing. */
  readonly shows: 'place' | 'presence' | 'nothing';
  /** How to speak of them, and a line of their own; both may be empty. */
  readonly pronouns: string;
  readonly about: string;
}

/** A WebAuthn credential. */
export interface Passkey {
  /** In base64url. */
  readonly id: string;
  readonly identityId: string;
  /** The domain it works at. */
  readonly rpId: string;
  /** COSE key. */
  readonly publicKey: Uint8Array<ArrayBuffer>;
  /** Uses, as the authenticator counts them; 0 where it doesn't. */
  readonly counter: number;
  readonly transports: readonly string[];
  /** What its owner calls it. */
  readonly name: string;
  readonly createdAt: number;
  /** Undefined until it was used to sign in. */
  readonly usedAt: number | undefined;
}

export type NewPasskey = Omit<Passkey, 'identityId' | 'createdAt' | 'usedAt'>;

type Look = Pick<Identity, 'name' | 'colour'>;

/**
 * Keeps identities and what they sign in by. Time comes in as `now`, in milliseconds since 1970. Each call is done whole or
 * not at all. Every call throws RangeError on a value out of range.
 */
export interface IdentityRepository {
  /**
   * Makes somebody, with their first passkey and the hashes of their recovery codes.
   * @returns undefined where that passkey belongs to somebody already
   */
  create(
    identity: Look & Pick<Identity, 'id'>,
    passkey: NewPasskey,
    codeHashes: readonly string[],
    now: number,
  ): Promise<Identity | undefined>;
  find(id: string): Promise<Identity | undefined>;
  setLook(id: string, look: Look, now: number): Promise<Identity | undefined>;
  /** What they say of themselves. False where there is no such identity. */
  setAbout(id: string, about: Pick<Identity, 'pronouns' | 'about'>): Promise<boolean>;
  /** False where there is no such identity. */
  setShows(id: string, shows: Identity['shows']): Promise<boolean>;
  /** Deletes somebody, and all that is theirs. False where there is nobody. */
  delete(id: string): Promise<boolean>;
  /**
   * @param most how many somebody may have
   * @returns `taken` where it belongs to somebody already, `nobody` where there is no such identity
   */
  addPasskey(
    identityId: string,
    passkey: NewPasskey,
    most: number,
    now: number,
  ): Promise<'added' | 'taken' | 'full' | 'nobody'>;
  passkey(id: string): Promise<Passkey | undefined>;
  /** Oldest first. */
  passkeysOf(identityId: string): Promise<Passkey[]>;
  /**
   * Somebody signed in by it.
   * @returns false, with nothing changed, where its counter did not grow: a copy of the key exists, or it is gone. One that
   * does not count says 0 always
   */
  passkeyUsed(id: string, counter: number, now: number): Promise<boolean>;
  /** The only one there is stays, unless an account at GitHub signs them in: nobody could any more. */
  removePasskey(identityId: string, id: string): Promise<'removed' | 'last' | 'not-found'>;
  /** From now on only these count. False where there is no such identity. */
  setCodes(identityId: string, codeHashes: readonly string[], now: number): Promise<boolean>;
  codesLeft(identityId: string): Promise<number>;
  /** Takes a code, which counts once. @returns whose it was */
  takeCode(codeHash: string): Promise<string | undefined>;
}
