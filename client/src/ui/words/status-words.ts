import type { StatusMessage } from '@chatmux/schema';
import type { IconName } from '../parts/icon.tsx';

/** What each switch is called, and what it means. */
export const STATUS_SWITCHES = {
  deaf: {
    label: 'Hear nobody',
    hint: 'Voices are off for you. Others can still hear you.',
  },
  busy: {
    label: 'Do not disturb',
    hint: 'You hear nobody, and nobody hears you. Everyone sees that.',
  },
} as const;

interface StatusWords {
  icon: IconName;
  /** As said of others, after their name. */
  other: string;
  /** As said of ourselves. */
  own: string;
}

/** How somebody's status reads; undefined for the usual, which needs no words. Busy says more than deaf. */
export function statusWords({ deaf, busy }: StatusMessage): StatusWords | undefined {
  if (busy)
    return {
      icon: 'busy',
      other: 'does not want to be disturbed',
      own: 'Do not disturb is on: you hear nobody, and nobody hears you.',
    };
  if (deaf) return { icon: 'ear-off', other: 'hears nobody now', own: 'You hear nobody: voices are off.' };
  return undefined;
}
