import type { BotsReport } from '../../bots/bots-process.ts';

/** Share of a core above which the bots' process may have been what was slow. */
const MAX_SHARE = 0.85;
/** How late bots may say what they have to say, in milliseconds: a tick. */
const MAX_LATE_MS = 50;
/** Share of messages sent that may be under way when a window ends, besides those of two ticks. */
const MISSING = 0.02;

/** What a window's server says it sent. */
interface Sent {
  ticks: number;
  told: number;
}

/**
 * Why a window says nothing about the server: the load was made too slowly, or not taken. Undefined when it was fine.
 * @param got messages that the bots got of those the server counts
 */
export function whyVoid(bots: BotsReport, sent: Sent, got: number): string | undefined {
  if (bots.share > MAX_SHARE) return `The bots used ${Math.round(bots.share * 100)} % of a core.`;
  if (bots.lateMs > MAX_LATE_MS) return `The bots were ${Math.round(bots.lateMs)} ms late.`;
  const edges = sent.ticks > 0 ? (2 * sent.told) / sent.ticks : 0;
  if (got < sent.told * (1 - MISSING) - edges)
    return `The bots took ${got} of ${sent.told} messages they were sent.`;
  return undefined;
}
