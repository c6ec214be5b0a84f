import type { Friend } from '@chatmux/schema';

/** Where a friend is, in words. @param isHere in the copy of the world we are in */
export function friendWords({ online, place }: Pick<Friend, 'online' | 'place'>, isHere: boolean): string {
  if (!place) return online ? 'online, in no world' : 'not here now';
  if (isHere) return `here, in ${place.name}`;
  return place.copy > 1 ? `in ${place.name}, copy ${place.copy}` : `in ${place.name}`;
}
