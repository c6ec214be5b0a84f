/** How often a process died shortly after its start. */
export interface RestartState {
  readonly quickDeaths: number;
}

export const NEVER_DIED: RestartState = { quickDeaths: 0 };

const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 10_000;
const STEADY_AFTER_MS = 30_000;

/**
 * When to start a process again that has just died after `aliveMs`. The first death is mended at once, so that people
 * hear each other again within seconds; one that keeps dying is given ever longer pauses, doubling up to 10 s; 30 s of
 * life wipe the slate.
 */
export function nextRestart(state: RestartState, aliveMs: number): { delayMs: number; state: RestartState } {
  const before = aliveMs >= STEADY_AFTER_MS ? 0 : state.quickDeaths;
  const delayMs = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(before, 20));
  return { delayMs, state: { quickDeaths: before + 1 } };
}
