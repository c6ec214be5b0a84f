/**
 * What every adapter refuses, so that all refuse alike. SQLite would keep a NaN as null, and memory would keep anything.
 * Each throws RangeError.
 */

/** @param what is named in the refusal */
export function checkHash(hash: string, what: string): void {
  if (!/^[0-9a-f]{64}$/.test(hash)) throw new RangeError(`A ${what} is 64 small hexadecimal digits.`);
}

export function checkLook({ name, colour }: { readonly name: string; readonly colour: number }): void {
  if (name.length === 0) throw new RangeError('A person has a name.');
  if (!Number.isSafeInteger(colour) || colour < 0) throw new RangeError('A colour is a whole number from 0.');
}

export function checkTime(now: number): void {
  if (!Number.isSafeInteger(now) || now < 0)
    throw new RangeError('A time is a whole number of milliseconds from 0.');
}
