import type { Action } from './reconcile-plan.ts';

/** Opening a consumer takes the worker a millisecond or two. */
const MOST_OPENINGS = 64;

/**
 * What is done in one pass: a crowd's openings are spread over several, since what is closed or paused meanwhile (a wall,
 * a lock, a block) waits for the pass under way.
 */
export function inOnePass(
  actions: readonly Action[],
  most = MOST_OPENINGS,
): { readonly now: readonly Action[]; readonly more: boolean } {
  let openings = 0;
  const now = actions.filter((action) => action.do !== 'open' || ++openings <= most);
  return { now, more: now.length < actions.length };
}
