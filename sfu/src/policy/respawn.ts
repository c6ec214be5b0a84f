/** A worker that lived this long was a good one: the pause begins from the start again. */
export const STEADY_MS = 30_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 15_000;
/** So many short lives in a row, and no worker is left: whoever watches this process should start it anew. */
const HOPELESS = 5;

/** Deaths in a row, each soon after its start. */
export interface Deaths {
  readonly quick: number;
}

/**
 * What follows a death, or a start that failed.
 * @param livedMs how long the worker served; 0 when it never did
 * @returns how long to wait before the next start, in milliseconds, and whether starting has become hopeless
 */
export function afterDeath(before: Deaths, livedMs: number): Deaths & { pauseMs: number; hopeless: boolean } {
  const quick = livedMs >= STEADY_MS ? 1 : before.quick + 1;
  const pauseMs = quick === 1 ? 0 : Math.min(FIRST_PAUSE_MS * 2 ** (quick - 2), LONGEST_PAUSE_MS);
  return { quick, pauseMs, hopeless: quick >= HOPELESS };
}
