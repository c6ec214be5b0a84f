/** Where a guest stood when they left. Metres and radians, as everywhere. */
export interface Place {
  readonly worldId: string;
  readonly x: number;
  readonly z: number;
  readonly yaw: number;
}

/** A person without an account. */
export interface Guest {
  readonly id: number;
  /** SHA-256 of the secret in their browser, 64 small hexadecimal digits. The secret itself is never stored. */
  readonly keyHash: string;
  readonly name: string;
  /** Number of a person colour, 0 or more. */
  readonly colour: number;
  /** Undefined until they have left once. */
  readonly place: Place | undefined;
  /** First and last visit, in milliseconds since 1970. */
  readonly createdAt: number;
  readonly seenAt: number;
}

/** Keeps guests. Time comes in as `now`, in milliseconds since 1970. Every call throws RangeError on a value out of range. */
export interface GuestRepository {
  /** A guest has come: makes them, or updates name, colour and last visit, and gives them back. */
  visit(
    keyHash: string,
    look: { readonly name: string; readonly colour: number },
    now: number,
  ): Promise<Guest>;
  /** A guest has gone: remembers where they stood. Undefined where nobody has that key. */
  leftAt(keyHash: string, place: Place, now: number): Promise<Guest | undefined>;
  /** The guest with that key, or undefined. */
  find(keyHash: string): Promise<Guest | undefined>;
}
