import type { Milliseconds } from '@chatmux/schema';

const FIRST_MS = 250;
const LAST_MS = 3000;

/**
 * How long to wait before trying again: doubling from a quarter second to three, each with up to a fifth more or less, so
 * that a thousand clients of a restarted server don't come in one moment.
 * @param attempt tries that failed, from 0
 * @param random 0 to 1
 */
export function retryDelay(attempt: number, random: number): Milliseconds {
  return Math.min(LAST_MS, FIRST_MS * 2 ** Math.min(attempt, 10)) * (0.8 + random * 0.4);
}
