import type { PersonRow } from '../world/people-groups.ts';
import { statusWords } from './status-words.ts';

/** Who keeps order here is known to all. */
const ROLE_WORDS = ['', '', 'moderator', 'owner'] as const;
const MUTED = 'muted by a moderator';

const joined = (...parts: string[]): string => parts.filter((part) => part !== '').join(' · ');

/** The quiet second line of somebody's row. */
export function rowWords(row: PersonRow, speaking: boolean): string {
  const role = ROLE_WORDS[row.role];
  if (row.me) return joined(role, ownWords(row, speaking));
  if (row.alsoMe)
    return row.here ? 'you, in another tab or on another device' : 'you, with the connection lost';
  if (!row.here) return 'lost connection, seat kept';
  if (row.blocked) return 'you don’t hear or see each other';
  const state = row.muted ? MUTED : (statusWords(row)?.other ?? talkWords(row, speaking));
  return joined(row.metres === undefined ? '' : `${row.metres} m`, role, state);
}

function ownWords(row: PersonRow, speaking: boolean): string {
  if (row.muted) return MUTED;
  if (statusWords(row)) return row.busy ? 'do not disturb' : 'you hear nobody';
  return speaking ? 'speaking' : row.mic ? 'microphone on' : 'microphone off';
}

function talkWords(row: PersonRow, speaking: boolean): string {
  if (row.metres === undefined) return speaking ? 'speaking' : '';
  if (!row.heard) return speaking ? 'speaking, out of earshot' : 'out of earshot';
  return speaking ? 'speaking' : 'you can talk';
}
