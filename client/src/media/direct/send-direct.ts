import type { MediaSource, PlanEntry, View } from '@chatmux/schema';
import type { VoiceProfile } from '../../store/devices.ts';
import type { ScreenKind } from '../../store/types.ts';
import { PROFILES, SCREEN_SOUND } from '../devices/voice-profiles.ts';
import { SCREEN_KINDS } from '../screen/screen-quality.ts';
import { CAMERA_LAYERS, type CameraLayer } from '../send-quality.ts';

/** What one person receives of us, as the plan says, and the most they can use of our pictures, as they say. */
export type DirectNeeds = Pick<PlanEntry, 'heardBy' | 'seenBy' | 'screenSeenBy'> & { view: View };

/** What is sent, where that isn't the usual: a voice, a text, a camera of three sizes. */
export interface SentKinds {
  voice?: VoiceProfile;
  screen?: ScreenKind;
  /** The sizes of it. */
  cam?: readonly CameraLayer[];
}

/** Where there is too little room for all, the voice goes first and the face last. */
const PRIORITIES = { mic: 'high', cam: 'low', screen: 'medium', 'screen-audio': 'medium' } as const;

/** Whether the other side wants this of us now. What they say lowers what the plan says and never raises it. */
export function isWanted(source: MediaSource, { heardBy, seenBy, screenSeenBy, view }: DirectNeeds): boolean {
  if (source === 'mic') return heardBy;
  if (source === 'cam') return seenBy > 0 && view.cam > 0;
  return source === 'screen' ? screenSeenBy > 0 && view.screen > 0 : screenSeenBy === 2;
}

/** How one source is sent directly: in a single layer, as large as the other side wants it. */
export function directEncoding(
  source: MediaSource,
  needs: DirectNeeds,
  kinds: SentKinds = {},
): RTCRtpEncodingParameters {
  const priority = PRIORITIES[source];
  return { ...limitsOf(source, needs, kinds), priority, networkPriority: priority };
}

function limitsOf(
  source: MediaSource,
  { seenBy, view }: DirectNeeds,
  { voice = 'voice', screen = 'text', cam = CAMERA_LAYERS }: SentKinds,
): RTCRtpEncodingParameters {
  if (source === 'mic') return { maxBitrate: PROFILES[voice].bitrate };
  if (source === 'screen-audio') return { maxBitrate: SCREEN_SOUND.bitrate };
  if (source === 'screen') {
    const [small, whole] = SCREEN_KINDS[screen].layers;
    return { ...(view.screen === 1 ? small : whole) };
  }
  return { ...cam[Math.max(Math.min(seenBy, view.cam, cam.length), 1) - 1] };
}
