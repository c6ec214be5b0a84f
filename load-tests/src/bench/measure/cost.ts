import { TICK_HZ } from '@chatmux/schema';

/** What a server used and did in some time. */
export interface Cost {
  cpuMs: number;
  wallMs: number;
  ticks: number;
}

/** Two times taken together. */
export function addCost(before: Cost | undefined, { cpuMs, wallMs, ticks }: Cost): Cost {
  return {
    cpuMs: cpuMs + (before?.cpuMs ?? 0),
    wallMs: wallMs + (before?.wallMs ?? 0),
    ticks: ticks + (before?.ticks ?? 0),
  };
}

/** Ticks a second. NaN of nothing. */
export const rateOf = (cost: Cost | undefined) => (cost ? (cost.ticks * 1000) / cost.wallMs : Number.NaN);

/** Share of a core. NaN of nothing. */
export const shareOf = (cost: Cost | undefined) => (cost ? cost.cpuMs / cost.wallMs : Number.NaN);

/**
 * Share of a core that telling poses took: what an arm used over what inputs and movement use by themselves. An arm
 * that could not hold the tick rate is charged for all ticks it owed, at the price of those it did.
 */
export function tellingShare(arm: Cost | undefined, inputOnly: Cost | undefined): number {
  return (shareOf(arm) - shareOf(inputOnly)) * (TICK_HZ / rateOf(arm));
}
