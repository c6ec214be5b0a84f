import type { PersonRow } from '../world/people-groups.ts';
import { statusWords } from './status-words.ts';

/** The quiet second line of somebody's row. */
export function rowWords(row: PersonRow, speaking: boolean): string {
  const status = statusWords(row);
  if (row.me) {
    if (status) return row.busy ? 'do not disturb' : 'you hear nobody';
    return speaking ? 'speaking' : row.mic ? 'microphone on' : 'microphone off';
  }
  if (row.alsoMe)
    return row.here ? 'you, in another tab or on another device' : 'you, with the connection lost';
  if (!row.here) return 'lost connection, seat kept';
  if (row.blocked) return 'you don’t hear or see each other';
  const doing = status?.other ?? talkWords(row, speaking);
  if (row.metres === undefined) return doing;
  return doing === '' ? `${row.metres} m` : `${row.metres} m · ${doing}`;
}

function talkWords(row: PersonRow, speaking: boolean): string {
  if (row.metres === undefined) return speaking ? 'speaking' : '';
  if (!row.heard) return speaking ? 'speaking, out of earshot' : 'out of earshot';
  return speaking ? 'speaking' : 'you can talk';
}
