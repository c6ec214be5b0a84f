import { compareCost, SIZES } from './measure/compare-cost.ts';

/** Processor time that telling poses costs, against Colyseus's own interest management: a StateView for each client. */
export default async function poseCpuView() {
  const metrics = [];
  for (const people of SIZES) metrics.push(...(await compareCost('pose-cpu-view', 'view', people, 0.4)));
  return metrics;
}
