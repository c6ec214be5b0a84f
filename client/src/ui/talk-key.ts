import type { DevicesState } from '../store/devices.ts';
import type { KeyPress } from './shortcuts.ts';

/** Whether a key press begins to talk: the key that was chosen, alone, where it is no letter of a text. */
export function beginsTalk(
  { code, repeat, ctrlKey, metaKey, altKey, typing }: Omit<KeyPress, 'key'>,
  { talk, talkKey, mic }: Pick<DevicesState, 'talk' | 'talkKey' | 'mic'>,
): boolean {
  if (talk !== 'push' || mic !== 'on' || code !== talkKey) return false;
  return !repeat && !ctrlKey && !metaKey && !altKey && !typing;
}
