import type { MediaMode, Metres, PersonId, PlanEntry } from '@chatmux/schema';
import type { Person } from './people.ts';
import type { VoiceKind } from './sound/voice-chain.ts';

/** How one person stands in sound and picture: for developers and tests. */
export interface InspectedPerson {
  id: PersonId;
  mode: MediaMode;
  /** What the plan wants of them. */
  plan: PlanEntry | undefined;
  /** Metres at the last frame; undefined while unknown. */
  distance: Metres | undefined;
  /** Amplitude factor their voice goes to, volume included. */
  gain: number;
  /** How the direction is made; undefined while the voice is off the graph. */
  kind: VoiceKind | undefined;
  /** Root mean squares behind gain and panner; `level` is √(left² + right²), which panning leaves alone. */
  left: number;
  right: number;
  level: number;
  audio: InspectedTrack | undefined;
  video: (InspectedTrack & { width: number; height: number }) | undefined;
}

interface InspectedTrack {
  /** Consumer id at the media server, or mid of the direct connection. */
  label: string;
  /** Nothing comes, or nothing is wanted. */
  paused: boolean;
}

export function inspectPerson(person: Person, mode: MediaMode, nowMs: number): InspectedPerson {
  const { id, plan, distance, voice, audio, video, playing, shown } = person;
  const { left, right } = voice?.measure(nowMs) ?? { left: 0, right: 0 };
  const size = video?.track.getSettings();
  return {
    id,
    mode,
    plan,
    distance,
    gain: playing && voice ? voice.gain() : 0,
    kind: voice?.kind(),
    left,
    right,
    level: Math.hypot(left, right),
    audio: audio && { label: audio.label, paused: !playing },
    video: video && {
      label: video.label,
      paused: !shown,
      width: size?.width ?? 0,
      height: size?.height ?? 0,
    },
  };
}
