const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A time that is left, in words: rounded up, in the largest unit of which there are two at least. */
export function untilWords(ms: number): string {
  if (ms > 2 * DAY_MS) return count(ms / DAY_MS, 'day');
  if (ms > 2 * HOUR_MS) return count(ms / HOUR_MS, 'hour');
  return count(ms / MINUTE_MS, 'minute');
}

function count(amount: number, unit: string): string {
  const whole = Math.max(1, Math.ceil(amount));
  return `${whole} ${unit}${whole === 1 ? '' : 's'}`;
}
