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
  /** Deletes somebody, and all that is theirs. False where there is nobody. */
  delete(id: string): Promise<boolean>;
  /** False where that passkey belongs to somebody already, or there is no such identity. */
  addPasskey(identityId: string, passkey: NewPasskey, now: number): Promise<boolean>;
  passkey(id: string): Promise<Passkey | undefined>;
  /** Oldest first. */
  passkeysOf(identityId: string): Promise<Passkey[]>;
  /** Somebody signed in by it. */
  passkeyUsed(id: string, counter: number, now: number): Promise<void>;
  /** The only one there is stays: nobody could sign in any more. */
  removePasskey(identityId: string, id: string): Promise<'removed' | 'last' | 'not-found'>;
  /** From now on only these count. */
  setCodes(identityId: string, codeHashes: readonly string[], now: number): Promise<void>;
  codesLeft(identityId: string): Promise<number>;
  /** Takes a code, which counts once. @returns whose it was */
  takeCode(codeHash: string): Promise<string | undefined>;
}
