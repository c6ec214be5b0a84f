import type {
  CertificateMessage,
  DirectMessage,
  MediaMessage,
  MediaSource,
  PersonId,
  PictureCodec,
  PlanMessage,
  ReachMessage,
  RtcEvent,
  RtcRequest,
  Signal,
  SignalReceived,
} from '@chatmux/schema';
import type { WayState } from '../store/sound.ts';
import type { LineQuality, MediaState, Toast } from '../store/types.ts';
import type { InspectedPerson } from './inspect-person.ts';
import type { LocalTracks } from './path.ts';
import type { PersonStats } from './person-stats.ts';
import type { Listener, Place, WantedSound } from './sound/place-voices.ts';
import type { SoundStep } from './sound/sound-step.ts';
import type { Views } from './views.ts';
import type { PersonLine } from './ways/line-watch.ts';

export interface MediaOptions {
  /** Asks the media server through the room; resolves with the reply's data, rejects with a ProblemError. */
  request(request: RtcRequest): Promise<unknown>;
  /** Sends to one person through the room. */
  signal(signal: Signal): void;
  /** Tells the room whether we reach the media server. */
  reach(message: ReachMessage): void;
  /** Tells the room which certificate our direct connections use. */
  certificate(message: CertificateMessage): void;
  /** Asked when a way opens, for developers and tests: media goes over TURN servers alone. */
  relayOnly?(): boolean;
  onState(state: MediaState): void;
  /** How well voices come through the network, when that changes. */
  onLine?(quality: LineQuality): void;
  /** A picture may be shown now, or (undefined) no longer. */
  onVideo(id: PersonId, stream: MediaStream | undefined): void;
  /** The same of a screen that somebody shares. */
  onScreen(id: PersonId, stream: MediaStream | undefined): void;
  /** A voice begins or ends to be played. */
  onVoice?(id: PersonId, playing: boolean): void;
  /** Those who speak now, ourselves included; called when that changes. */
  onSpeaking(ids: PersonId[]): void;
  onSay(sentence: string, tone: Toast['tone']): void;
  /** Sound leaves us in another way than before. */
  onWay?(way: WayState): void;
  /** Asked whether somebody says that they send a source; what comes all the same is neither played nor shown. */
  sends?(id: PersonId, source: MediaSource): boolean;
  /** Asked while a voice is placed: how we want to hear somebody. */
  soundOf?(id: PersonId): WantedSound;
}

/** Hearing and seeing others, by whatever way media takes now. */
export interface Media {
  /** Our id in the room; after every join, before `setPath`. */
  setMe(id: PersonId): void;
  /**
   * Takes this way from now on; the one before goes on until this one is there. After `setMe` nothing goes on: what was
   * lost meanwhile heals.
   */
  setPath(message: MediaMessage): void;
  /** Whom we are connected with directly. */
  handleDirect(message: DirectMessage): void;
  /** Whether we want direct connections at all: they show others our network address. */
  setDirect(allowed: boolean): void;
  setTracks(tracks: LocalTracks): void;
  handlePlan(plan: PlanMessage): void;
  /** What people say that they send has changed. */
  handleRoster(): void;
  /** How large pictures are drawn: no more of them is asked for than is of use. */
  setViews(views: Views): void;
  /** How we would like cameras to be coded, our own and others': it is done where all who see one another agree. */
  setPrefers(codec: PictureCodec): void;
  handleRtcEvent(event: RtcEvent): void;
  handleSignal(signal: SignalReceived): void;
  /**
   * Places every voice; called each frame.
   * @param where place of a person, undefined while unknown: they are silent then
   */
  update(listener: Listener, where: (id: PersonId) => Place | undefined, nowMs: number): void;
  /** Loudness of everyone, 0 to 1. */
  setVolume(volume: number): void;
  /** Which step of the ladder is on. */
  setStep(step: Pick<SoundStep, 'rung' | 'way'>): void;
  /** We hear nobody from now on, at once; or again. */
  setSilent(silent: boolean): void;
  /** Speakers to play on; empty for the system's. */
  setSpeaker(deviceId: string): void;
  /** Lets sound start: call it in a gesture, as often as you like. */
  resume(): void;
  /** Loudness of a voice as it reaches us now: 0 (−60 dB of full scale) to 1 (full scale). */
  voiceLevel(id: PersonId): number;
  /** Per person, how it stands; levels are measured from the first call on. */
  inspect(): InspectedPerson[];
  stats(): Promise<PersonStats[]>;
  /** How the voices that play came in lately, for developers. */
  lines(): readonly PersonLine[];
  close(): void;
}
