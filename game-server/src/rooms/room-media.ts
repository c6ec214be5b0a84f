import {
  certificateSchema,
  type DirectMessage,
  type MediaMessage,
  type PersonId,
  ProblemError,
  type RtcEvent,
  reachSchema,
  type SfuEvent,
} from '@chatmux/schema';
import { type MediaPath, nextMediaPath, startMediaPath } from '../engine/media-path.ts';
import type { MediaPort } from '../ports/media-port.ts';
import type { PersonState } from '../world/types.ts';
import { askMedia, checkEpoch } from './ask-media.ts';
import { DirectRelay } from './direct-relay.ts';
import { rtcEventOf } from './rtc-event.ts';
import { turnServer } from './turn-credentials.ts';
import type { WorldRoomDeps } from './world-room-deps.ts';

interface RoomMediaListener {
  /** Media takes another way, or credentials are new: everyone must be told their `messageFor`. */
  onPath(isNewPath: boolean): void;
  /** The SFU says something to the person of a session. */
  onEvent(session: string, event: RtcEvent): void;
  /** The media server hears these sessions speak, and no others. */
  onSpeaking(sessions: readonly string[]): void;
  /** Somebody is connected directly with these from now on. */
  onDirect(to: PersonId, message: DirectMessage): void;
  people(): ReadonlyMap<PersonId, PersonState>;
}

type Deps = Pick<
  WorldRoomDeps,
  'openMedia' | 'mediaPolicy' | 'iceServers' | 'hideAddresses' | 'turn' | 'now' | 'log'
>;

/** Signals of the epoch before are relayed so long after a change: they were on their way, or mend what still plays. */
const OVERLAP_MS = 20_000;

/** The media side of one room: which way media takes, and the room's line to the media server. */
export class RoomMedia {
  private readonly deps: Deps;
  private readonly roomId: string;
  private readonly listener: RoomMediaListener;
  private readonly port: MediaPort;
  private readonly relay: DirectRelay;
  private path: MediaPath;
  private changedMs: number;
  private issuedMs: number;

  constructor(deps: Deps, roomId: string, listener: RoomMediaListener) {
    this.deps = deps;
    this.roomId = roomId;
    this.listener = listener;
    const now = deps.now();
    this.changedMs = now;
    this.issuedMs = now;
    this.relay = new DirectRelay(deps.now, (to, message) => listener.onDirect(to, message));
    this.path = startMediaPath(deps.mediaPolicy, false, Math.floor(now / 1000) % 0x40000000, now);
    this.port = deps.openMedia(roomId, {
      onEvent: (event: SfuEvent) => listener.onEvent(event.session, rtcEventOf(event, this.path.epoch)),
      onSpeaking: (sessions) => listener.onSpeaking(sessions),
      onUpChanged: () => this.checkPath(),
    });
    this.checkPath();
  }

  get epoch(): number {
    return this.path.epoch;
  }

  /** What somebody is told of the way media takes, with credentials of their own. */
  messageFor(session: string): MediaMessage {
    const { iceServers, hideAddresses, turn, now } = this.deps;
    const servers = turn ? [...iceServers, turnServer(turn, session, now())] : iceServers;
    const { mode, epoch } = this.path;
    return { mode, epoch, iceServers: servers, relayOnly: hideAddresses };
  }

  /** Somebody joined or came back: they are told with whom they speak directly, anew. */
  welcome(id: PersonId): void {
    this.relay.welcome(id);
  }

  /**
   * [SG] Looks whether a signal may be relayed. @returns what goes with it
   * @throws ProblemError `stale` when it belongs to a way that is over; as `DirectRelay.check` does
   */
  checkSignal: (...args: Parameters<DirectRelay['check']>) => ReturnType<DirectRelay['check']> = (
    from,
    signal,
    inReach,
  ) => {
    const isJustOver = signal.epoch === this.path.epoch - 1 && this.deps.now() - this.changedMs < OVERLAP_MS;
    if (!isJustOver) checkEpoch(this.path, signal.epoch);
    return this.relay.check(from, signal, inReach);
  };

  /** Somebody says whether they reach the media server. @throws ProblemError `stale`, or a ZodError */
  setReach(id: PersonId, data: unknown): void {
    const { epoch, sfu } = reachSchema.parse(data);
    checkEpoch(this.path, epoch, 'sfu');
    // The operator wants no direct calls.
    if (this.deps.mediaPolicy === 'sfu') return;
    this.relay.setReach(id, sfu);
    this.checkDirect();
  }

  /** Whether the media server carries somebody's voice, and so hears when they speak. */
  hears(id: PersonId): boolean {
    return this.path.mode === 'sfu' && this.relay.reaches(id);
  }

  /** Somebody names the certificate of their direct connections, or wants none. @throws ZodError */
  register(id: PersonId, data: unknown): void {
    this.relay.register(id, certificateSchema.parse(data).fingerprint);
    this.checkDirect();
  }

  /** Does what a client asks of the media server. @throws ProblemError or ZodError */
  ask(session: string, data: unknown): Promise<unknown> {
    return askMedia(this.port, this.path, session, data);
  }

  plan: MediaPort['plan'] = (listeners) => this.port.plan(listeners);

  closeSession(session: string): void {
    this.port.closeSession(session);
  }

  /** The person has left. */
  forget(id: PersonId, session: string): void {
    this.relay.forget(id);
    this.closeSession(session);
  }

  /** Tells the media server everything anew: what got lost is mended by it. */
  heal(sessions: string[], allWants: () => Parameters<MediaPort['plan']>[0]): void {
    this.checkPath();
    this.renewCredentials();
    if (this.path.mode !== 'sfu') return;
    this.port.keepSessions(sessions);
    this.port.plan(allWants());
  }

  /** Sees whether media must take another way. */
  checkPath(): void {
    const { deps } = this;
    const now = deps.now();
    // The port tells of changes as soon as it is made.
    const next = nextMediaPath(this.path, deps.mediaPolicy, this.port?.isUp ?? false, now);
    const changed = next.epoch !== this.path.epoch;
    this.path = next;
    if (!changed) return;
    this.changedMs = now;
    deps.log.info(`world room ${this.roomId}: media ${next.mode}, epoch ${next.epoch}`);
    this.listener.onPath(true);
    this.checkDirect();
  }

  /** Decides anew who is connected directly; call it as often as plans change. */
  checkDirect(): void {
    this.relay.update(this.listener.people(), this.path.mode, this.path.epoch);
  }

  /** Credentials are given anew when half of their time is over. */
  private renewCredentials(): void {
    const { turn, now } = this.deps;
    if (!turn || now() - this.issuedMs < turn.ttlSeconds * 500) return;
    this.issuedMs = now();
    this.listener.onPath(false);
  }

  close(): void {
    this.port.close();
  }
}

/** @throws ProblemError `not-found`: whoever asks sits nowhere in this room */
export function requireSeat<T>(seat: T | undefined): T {
  if (!seat) throw new ProblemError('not-found', 'You are not in the room.');
  return seat;
}
