import type { Milliseconds } from '@chatmux/schema';

/** How often the time is counted, and the most that counts between two looks: timers of hidden pages come once a second. */
const STEP_MS: Milliseconds = 250;
const MOST_MS: Milliseconds = 1000;

/**
 * Calls back after so much time in which the page could have noticed that what it waits for has happened: while its
 * thread is busy (shaders, a slow phone) time passes that says nothing about the network.
 * @returns ends it
 */
export function startPatience(ms: Milliseconds, onOver: () => void): () => void {
  let left = ms;
  let lookedAt = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    left -= Math.min(now - lookedAt, MOST_MS);
    lookedAt = now;
    if (left > 0) return;
    clearInterval(timer);
    onOver();
  }, STEP_MS);
  return () => clearInterval(timer);
}
