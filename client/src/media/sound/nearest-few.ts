import type { Metres, Milliseconds, PersonId } from '@chatmux/schema';

/** Voices that may have the dear treatment at once. */
const MOST_NEAR = 4;
/** Somebody must be this much nearer than the farthest who has it … */
const MARGIN: Metres = 1;
/** … and their number is looked at this often. */
const EVERY_MS: Milliseconds = 500;

/** The nearest few voices, chosen so that two who walk side by side don't take turns. */
export interface NearestFew {
  /**
   * Chooses anew; does nothing before its time has come.
   * @param voices those that are heard now
   */
  choose(voices: Iterable<{ id: PersonId; distance: Metres | undefined }>, nowMs: Milliseconds): void;
  has(id: PersonId): boolean;
}

export function createNearestFew(most = MOST_NEAR): NearestFew {
  let chosen = new Set<PersonId>();
  let chosenAtMs = Number.NEGATIVE_INFINITY;
  return {
    choose(voices, nowMs) {
      if (nowMs - chosenAtMs < EVERY_MS) return;
      chosenAtMs = nowMs;
      // Who has it counts as nearer than they are: others must come well past them.
      const rank = ({
        id,
        distance = Number.POSITIVE_INFINITY,
      }: {
        id: PersonId;
        distance: Metres | undefined;
      }) => ({
        id,
        metres: distance - (chosen.has(id) ? MARGIN : 0),
      });
      const sorted = Array.from(voices, rank).sort((a, b) => a.metres - b.metres || a.id - b.id);
      chosen = new Set(sorted.slice(0, most).map(({ id }) => id));
    },
    has: (id) => chosen.has(id),
  };
}
