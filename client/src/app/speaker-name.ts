import type { DevicesState } from '../store/devices.ts';

/** Names that stand in where the browser hides them. */
const NO_NAME = /^Speaker \d+$/;

/** What we play on, by its name; empty while nobody knows. */
export function speakerName({
  speakers,
  chosen: { speaker },
}: Pick<DevicesState, 'speakers' | 'chosen'>): string {
  // What is away is stood in for by the system's own.
  const speakerId = speakers.some(({ deviceId }) => deviceId === speaker.id) ? speaker.id : '';
  const wanted = speakerId === '' ? 'default' : speakerId;
  const inUse = speakers.find(({ deviceId }) => deviceId === wanted);
  const only = speakers.length === 1 && speakerId === '' ? speakers[0] : undefined;
  const label = (inUse ?? only)?.label ?? '';
  return NO_NAME.test(label) ? '' : label;
}
