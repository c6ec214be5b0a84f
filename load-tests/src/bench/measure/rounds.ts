/** Why a round says nothing. */
export class VoidRound extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'VoidRound';
  }
}

/** Rounds of a bench that count. */
const ROUNDS = 5;
/** Void rounds after which a bench gives up. */
const MAX_VOID = 3;

/**
 * Runs a round until enough of them count.
 * @param measure gets the number of the round, so that it can change the order of its arms; throws VoidRound where what
 *   it measured says nothing
 * @throws Error that says why, when too many are void: then there is no result, rather than a good one
 */
export async function countedRounds<T>(
  measure: (round: number) => T | Promise<T>,
  wanted = ROUNDS,
): Promise<T[]> {
  const counted: T[] = [];
  const voids: string[] = [];
  for (let round = 0; counted.length < wanted; round++) {
    try {
      counted.push(await measure(round));
    } catch (error) {
      if (!(error instanceof VoidRound)) throw error;
      voids.push(error.message);
      console.error(`round ${round + 1} does not count: ${error.message}`);
      if (voids.length > MAX_VOID)
        throw new Error(`This run measured nothing: ${voids.length} rounds were void. ${voids.join(' ')}`);
    }
  }
  return counted;
}
