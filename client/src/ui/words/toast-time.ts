import type { Toast } from '../../store/types.ts';

const LEAST_MS = 3500;
const MOST_MS = 14_000;
/** A slow reader takes about this long for one character. */
const PER_CHARACTER_MS = 70;

/** How long a toast stays, in milliseconds: time to notice it and to read it, half as long again for bad news. */
export function toastTimeMs(toast: Pick<Toast, 'text' | 'tone'>): number {
  const bad = toast.tone === 'warning' || toast.tone === 'danger';
  const time = (1500 + toast.text.length * PER_CHARACTER_MS) * (bad ? 1.5 : 1);
  return Math.min(MOST_MS, Math.max(LEAST_MS, time));
}
