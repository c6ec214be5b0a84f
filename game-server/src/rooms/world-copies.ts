/** A room that is one copy of a world, as the matchmaker lists it. */
export interface WorldCopy {
  readonly roomId: string;
  /** Number among the copies of its world, from 1. */
  readonly copy: number;
  /** A seat of the one who joins is kept there. */
  readonly keeps: boolean;
}

/** What the matchmaker knows of each world room, by which the join route finds it. */
export interface CopyMetadata {
  readonly world: string;
  readonly copy: number;
}

/**
 * Copies in the order in which a guest should be let in: the one they asked for (to follow somebody), the one that keeps
 * their seat, and then the lowest numbers, so that people meet instead of spreading.
 */
export function copyOrder(copies: readonly WorldCopy[], asked: number | undefined): WorldCopy[] {
  const rank = (copy: WorldCopy) => (copy.copy === asked ? 0 : copy.keeps ? 1 : 2);
  return [...copies].sort((a, b) => rank(a) - rank(b) || a.copy - b.copy);
}

/** The lowest number no copy has; undefined when there are as many copies as there may be. */
export function lowestFreeCopy(taken: Iterable<number>, maxCopies: number): number | undefined {
  const numbers = new Set(taken);
  if (numbers.size >= maxCopies) return undefined;
  let copy = 1;
  while (numbers.has(copy)) copy += 1;
  return copy;
}
