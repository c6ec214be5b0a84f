/** What one worker carries, as a session that looks for a place sees it. */
export interface WorkerLoad {
  /** Number of the worker, from 0. */
  readonly worker: number;
  /** Sessions of all rooms there. */
  readonly sessions: number;
  /** Sessions of the room in question there; undefined where it has no router. */
  readonly ofRoom: number | undefined;
  /** People there whom the session is to receive. */
  readonly near: number;
}

/** Sessions one worker should hold: where a fifth of them talks at once and each is heard by 16, it fills a core. */
export const SESSIONS_PER_WORKER = 200;

/**
 * Says on which worker a session lives, by number; undefined when there is none. The rules are in SPEC.md.
 * @param workers those that serve now
 * @param most sessions one worker should hold, at least 1
 */
export function placeSession(workers: readonly WorkerLoad[], most: number): number | undefined {
  const withPlace = workers.filter(({ sessions }) => sessions < most);
  const ours = withPlace.filter(({ ofRoom }) => ofRoom !== undefined);
  const best =
    first(ours, (a, b) => b.near - a.near || (b.ofRoom ?? 0) - (a.ofRoom ?? 0)) ??
    first(withPlace, byLoad) ??
    first(workers, byLoad);
  return best?.worker;
}

const byLoad = (a: WorkerLoad, b: WorkerLoad) => a.sessions - b.sessions;

/** The first in this order; of equals the one with the lowest number. */
function first(
  workers: readonly WorkerLoad[],
  order: (a: WorkerLoad, b: WorkerLoad) => number,
): WorkerLoad | undefined {
  return workers.toSorted((a, b) => order(a, b) || a.worker - b.worker)[0];
}
