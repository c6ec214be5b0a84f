import type {
  MediaMessage,
  MediaSource,
  PersonId,
  PictureCodec,
  PlanEntry,
  RtcEvent,
  RtcRequest,
  Signal,
  SignalReceived,
} from '@chatmux/schema';
import type { MediaState, Toast } from '../store/types.ts';
import type { Views } from './views.ts';

/** What we send. The tracks are the devices': a path never stops them. */
export type LocalTracks = Readonly<Record<MediaSource, MediaStreamTrack | undefined>>;

export const NO_TRACKS: LocalTracks = {
  mic: undefined,
  cam: undefined,
  screen: undefined,
  'screen-audio': undefined,
};

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
  /** What comes of a person: it is there, it changed or (undefined) it went. */
  onIncoming(id: PersonId, source: MediaSource, incoming: Incoming | undefined): void;
  onSay(sentence: string, tone: Toast['tone']): void;
}

/** One way for media to travel: the media server in one epoch, or direct connections. */
export interface MediaPath {
  setTracks(tracks: LocalTracks): void;
  handlePlan(entries: readonly PlanEntry[]): void;
  /** How much of each picture is of use to us: those who send it are asked for no more. */
  setViews(views: Views): void;
  /** Servers and credentials that hold from now on, for what is connected or mended later. */
  setIceServers(servers: MediaMessage['iceServers']): void;
  /** Takes back all that was offered, lets the sound fade, then closes everything. */
  close(): void;
}

/** Media through the media server. */
export interface SfuPath extends MediaPath {
  handleRtcEvent(event: RtcEvent): void;
  /** How we would like cameras to be coded, our own and others'. */
  setPrefers(codec: PictureCodec): void;
}

/** Media straight from browser to browser. */
export interface DirectPath extends MediaPath {
  /** Replaces whom we are connected with. Others are kept a while: they may come back, or another way is not there yet. */
  setPeople(ids: readonly PersonId[]): void;
  handleSignal(signal: SignalReceived): void;
}

export interface SfuPathOptions {
  epoch: number;
  iceServers: MediaMessage['iceServers'];
  /** Developers and tests: go over TURN servers alone. */
  relayOnly?: boolean | undefined;
  request(request: RtcRequest): Promise<unknown>;
  /** The media server can be reached, or it can't: its transports connect, or don't in time. */
  onReach(reached: boolean): void;
  callbacks: PathCallbacks;
}

export interface DirectPathOptions {
  me: PersonId;
  /** The room's epoch now, for what is sent. */
  epoch(): number;
  iceServers: MediaMessage['iceServers'];
  /** Go over TURN servers alone. */
  relayOnly(): boolean;
  /** The one certificate of all our direct connections; the room knows its fingerprint. */
  certificate: RTCCertificate;
  /** True while something of a person still comes this way. */
  isUsed(id: PersonId): boolean;
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
