import type { Place } from './guest-repository.ts';

/** @throws RangeError */
export function checkPlace({ worldId, x, z, yaw }: Place): void {
  if (worldId.length === 0) throw new RangeError('A place is in a world.');
  if (![x, z, yaw].every(Number.isFinite)) throw new RangeError('A place is made of finite numbers.');
}
