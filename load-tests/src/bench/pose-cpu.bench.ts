import { compareCost, SIZES } from './measure/compare-cost.ts';

/** Processor time that telling poses costs, against the whole state sent to everyone by Colyseus. */
export default async function poseCpu() {
  const metrics = [];
  for (const people of SIZES) metrics.push(...(await compareCost('pose-cpu', 'full', people, 1)));
  return metrics;
}
