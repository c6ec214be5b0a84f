import type { Carry } from '@chatmux/schema';
import { MOST_VOLUME, type PersonSound } from '../../store/sound.ts';

/** Outside of our circle, when only that is wanted: −20 dB, so that a hello is still noticed. */
export const OUTSIDE_FACTOR = 0.1;

/**
 * Amplitude factor of a person's voice besides distance.
 * @param outside they stand in no circle with us, and only that is wanted. Who speaks to the whole room is heard as ever
 */
export function mixOf(everyone: number, person: PersonSound, outside: boolean, carry: Carry): number {
  if (person.muted) return 0;
  const volume = Math.min(Math.max(person.volume, 0), MOST_VOLUME) * everyone;
  return outside && carry !== 'whole' ? volume * OUTSIDE_FACTOR : volume;
}
