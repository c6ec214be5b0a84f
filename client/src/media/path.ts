import type {
  MediaMessage,
  PersonId,
  PlanEntry,
  RtcEvent,
  RtcRequest,
  Signal,
  SignalReceived,
} from '@chatmux/schema';
import type { MediaState, Toast } from '../store/types.ts';

/** What we send. The tracks are the devices': a path never stops them. */
export interface LocalTracks {
  mic: MediaStreamTrack | undefined;
  cam: MediaStreamTrack | undefined;
}

export type MediaKind = 'audio' | 'video';

/** One remote track as a path offers it. */
export interface Incoming {
  track: MediaStreamTrack;
  /** False while the other side sends nothing: paused, turned off. */
  flowing: boolean;
  receiver: RTCRtpReceiver | undefined;
  /** Id at the media server, or place in the direct connection. */
  label: string;
}

export interface PathCallbacks {
  onState(state: MediaState['state']): void;
  /** A person's sound or picture came, changed or (undefined) went. */
  onIncoming(id: PersonId, kind: MediaKind, incoming: Incoming | undefined): void;
  onSay(sentence: string, tone: Toast['tone']): void;
}

/** One way for media to travel, in one epoch. Made to be thrown away: another epoch gets another path. */
export interface MediaPath {
  setTracks(tracks: LocalTracks): void;
  handlePlan(entries: readonly PlanEntry[]): void;
  handleRtcEvent(event: RtcEvent): void;
  handleSignal(signal: SignalReceived): void;
  /** Takes back all that was offered, lets the sound fade, then closes everything. */
  close(): void;
}

export interface SfuPathOptions {
  epoch: number;
  iceServers: MediaMessage['iceServers'];
  request(request: RtcRequest): Promise<unknown>;
  callbacks: PathCallbacks;
}

export interface DirectPathOptions {
  me: PersonId;
  epoch: number;
  iceServers: MediaMessage['iceServers'];
  signal(signal: Signal): void;
  callbacks: PathCallbacks;
}

/** The servers as RTCPeerConnection takes them: lists of its own. */
export function toIceServers(servers: MediaMessage['iceServers']): RTCIceServer[] {
  return servers.map(({ urls, username, credential }) => ({
    urls,
    ...(username === undefined ? {} : { username }),
    ...(credential === undefined ? {} : { credential }),
  }));
}
