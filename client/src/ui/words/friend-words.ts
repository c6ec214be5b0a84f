import type { Friend } from '@chatmux/schema';

/** Where a friend is, in words. @param isHere in the copy of the world we are in */
export function friendWords({ state, place }: Pick<Friend, 'state' | 'place'>, isHere: boolean): string {
  const how = { online: '', away: 'away', busy: 'do not disturb', offline: 'not here now' }[state];
  if (!place) return how || 'online';
  const copy = place.copy > 1 && !isHere ? `, copy ${place.copy}` : '';
  const where = `${isHere ? 'here, ' : ''}in ${place.name}${copy}`;
  return how === '' ? where : `${where} · ${how}`;
}
