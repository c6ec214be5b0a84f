import type { Place } from './guest-repository.ts';

/**
 * What every adapter refuses, so that all refuse alike. SQLite would keep a NaN as null, and memory would keep anything.
 * Each throws RangeError.
 */

export function checkKeyHash(keyHash: string): void {
  if (!/^[0-9a-f]{64}$/.test(keyHash)) throw new RangeError('A key hash is 64 small hexadecimal digits.');
}

export function checkLook({ name, colour }: { readonly name: string; readonly colour: number }): void {
  if (name.length === 0) throw new RangeError('A guest has a name.');
  if (!Number.isSafeInteger(colour) || colour < 0) throw new RangeError('A colour is a whole number from 0.');
}

export function checkPlace({ worldId, x, z, yaw }: Place): void {
  if (worldId.length === 0) throw new RangeError('A place is in a world.');
  if (![x, z, yaw].every(Number.isFinite)) throw new RangeError('A place is made of finite numbers.');
}

export function checkTime(now: number): void {
  if (!Number.isSafeInteger(now) || now < 0)
    throw new RangeError('A time is a whole number of milliseconds from 0.');
}
