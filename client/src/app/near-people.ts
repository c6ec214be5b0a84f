import type { PlanEntry } from '@chatmux/schema';
import type { NearPerson } from '../store/types.ts';

/** Who is in our plan, nearest first. @param distanceTo metres, undefined for somebody out of sight */
export function nearPeople(
  plan: readonly PlanEntry[],
  distanceTo: (id: number) => number | undefined,
): NearPerson[] {
  return plan
    .map(({ id, audio, video, heardBy }) => ({
      id,
      metres: distanceTo(id) ?? Number.POSITIVE_INFINITY,
      heard: audio,
      hearsUs: heardBy,
      video,
    }))
    .filter(({ metres }) => Number.isFinite(metres))
    .sort((a, b) => a.metres - b.metres || a.id - b.id)
    .map((person) => ({ ...person, metres: Math.round(person.metres) }));
}

/** True when two lists show the same. */
export function sameNear(a: readonly NearPerson[], b: readonly NearPerson[]): boolean {
  return (
    a.length === b.length &&
    a.every((person, i) => {
      const other = b[i];
      return (
        other?.id === person.id &&
        other.metres === person.metres &&
        other.heard === person.heard &&
        other.hearsUs === person.hearsUs &&
        other.video === person.video
      );
    })
  );
}
