import type { DevicesState } from '../store/types.ts';

/** Names that stand in where the browser hides them. */
const NO_NAME = /^Speaker \d+$/;

/** What we play on, by its name; empty while nobody knows. */
export function speakerName({ speakers, speakerId }: Pick<DevicesState, 'speakers' | 'speakerId'>): string {
  const wanted = speakerId === '' ? 'default' : speakerId;
  const chosen = speakers.find(({ deviceId }) => deviceId === wanted);
  const only = speakers.length === 1 && speakerId === '' ? speakers[0] : undefined;
  const label = (chosen ?? only)?.label ?? '';
  return NO_NAME.test(label) ? '' : label;
}
