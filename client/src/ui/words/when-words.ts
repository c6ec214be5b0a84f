const STEPS = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** How long ago something was, in words. Times in milliseconds. */
export function whenWords(atMs: number, nowMs: number): string {
  const ago = Math.max(0, nowMs - atMs);
  for (const [unit, ms] of STEPS) if (ago >= ms) return words.format(-Math.floor(ago / ms), unit);
  return 'just now';
}
