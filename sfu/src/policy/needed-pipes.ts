/** A consumer, as far as pipes go. */
export interface Reception {
  /** Router its listener lives on. */
  readonly router: number;
  readonly producerId: string;
  readonly playing: boolean;
}

/** What a router needs of a producer that lives elsewhere. */
export type PipeNeed = 'playing' | 'resting';

/**
 * What each router must get of each producer it listens to, by router and producer; what is missing is not needed. The
 * rules are in SPEC.md.
 */
export function neededPipes(receptions: Iterable<Reception>): Map<number, Map<string, PipeNeed>> {
  const needs = new Map<number, Map<string, PipeNeed>>();
  for (const { router, producerId, playing } of receptions) {
    const ofRouter = needs.get(router) ?? new Map<string, PipeNeed>();
    needs.set(router, ofRouter);
    if (playing || !ofRouter.has(producerId)) ofRouter.set(producerId, playing ? 'playing' : 'resting');
  }
  return needs;
}
