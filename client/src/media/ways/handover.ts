import type { Milliseconds } from '@chatmux/schema';

/** One way by which a source of a person comes: its path says that it flows, and we have seen media arrive by it. */
export interface Offer {
  /** The path says that the other side sends. */
  readonly flows: boolean;
  /** Media has arrived. */
  readonly seen: boolean;
}

/** An old way is kept at least so long: the other side may still listen to us by it. */
export const HOLD_MS: Milliseconds = 5000;
/** An old way is given up after this long, whether or not the new one has come. */
export const LIMIT_MS: Milliseconds = 15_000;

/**
 * Which of the ways by which a source comes is used. Ways are named by numbers that grow.
 *
 * - [HO1] A way that is used and preferred is kept.
 * - [HO2] The preferred one takes over once its media has arrived: until then what plays goes on playing.
 * - [HO3] Where nothing plays (the way is gone, or its other side stopped), the preferred one is taken if it flows, else
 *   the newest that does.
 * - [HO4] Where nothing flows at all, the one that is used stays; without one the preferred is taken, then the newest.
 *
 * @param used way used until now; it need not be among them any more
 * @param preferred way by which the person should come now
 */
export function chooseWay(
  ways: ReadonlyMap<number, Offer>,
  used: number | undefined,
  preferred: number | undefined,
): number | undefined {
  const known = (way: number | undefined) => (way === undefined ? undefined : ways.get(way));
  const wanted = known(preferred);
  const current = known(used);
  if (wanted && used === preferred && (wanted.flows || ways.size === 1)) return used;
  if (wanted?.flows && wanted.seen) return preferred;
  if (current?.flows) return used;
  if (wanted?.flows) return preferred;
  const newest = Math.max(...[...ways].filter(([, { flows }]) => flows).map(([way]) => way));
  if (Number.isFinite(newest)) return newest;
  if (current) return used;
  if (wanted) return preferred;
  return ways.size > 0 ? Math.max(...ways.keys()) : undefined;
}

/**
 * Whether an old way may be let go.
 * @param ageMs how long it has been the old one
 * @param isUsed something is still heard or seen by it
 */
export function mayLetGo(ageMs: Milliseconds, isUsed: boolean): boolean {
  return ageMs >= LIMIT_MS || (ageMs >= HOLD_MS && !isUsed);
}
