import type { MediaSource, PlanEntry } from '@chatmux/schema';
import { CAMERA_LAYERS, SCREEN_LAYER, SCREEN_SOUND_BITRATE, VOICE_BITRATE } from './send-quality.ts';

/** What one person receives of us, as the plan says. */
export type DirectNeeds = Pick<PlanEntry, 'heardBy' | 'seenBy' | 'screenSeenBy'>;

/** Where there is too little room for all, the voice goes first and the face last. */
const PRIORITIES = { mic: 'high', cam: 'low', screen: 'medium', 'screen-audio': 'medium' } as const;

/** Whether the other side wants this of us now. */
export function isWanted(source: MediaSource, { heardBy, seenBy, screenSeenBy }: DirectNeeds): boolean {
  if (source === 'mic') return heardBy;
  if (source === 'cam') return seenBy > 0;
  return source === 'screen' ? screenSeenBy > 0 : screenSeenBy === 2;
}

/** How one source is sent directly: in a single layer, as large as the other side wants it. */
export function directEncoding(source: MediaSource, { seenBy }: DirectNeeds): RTCRtpEncodingParameters {
  const priority = PRIORITIES[source];
  return { ...limitsOf(source, seenBy), priority, networkPriority: priority };
}

function limitsOf(source: MediaSource, seenBy: PlanEntry['seenBy']): RTCRtpEncodingParameters {
  if (source === 'mic') return { maxBitrate: VOICE_BITRATE };
  if (source === 'screen-audio') return { maxBitrate: SCREEN_SOUND_BITRATE };
  if (source === 'screen') return { ...SCREEN_LAYER };
  return { ...CAMERA_LAYERS[Math.max(seenBy, 1) - 1] };
}
