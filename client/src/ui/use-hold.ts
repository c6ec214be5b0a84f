import { useApp } from '../store/store.ts';
import { COARSE, useMedia } from './use-media.ts';
import { keyName } from './words/key-name.ts';

/** What to hold to be heard, in words; undefined while one is heard anyway. */
export function useHold(): string | undefined {
  const { talk, talkKey } = useApp((state) => state.devices);
  const coarse = useMedia(COARSE);
  if (talk === 'open') return undefined;
  return coarse ? 'the button' : keyName(talkKey);
}
