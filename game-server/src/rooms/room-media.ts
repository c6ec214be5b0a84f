import { type MediaMessage, ProblemError, type RtcEvent, type SfuEvent } from '@chatmux/schema';
import { type MediaPath, nextMediaPath, startMediaPath } from '../engine/media-path.ts';
import type { MediaPort } from '../ports/media-port.ts';
import { askMedia, checkEpoch } from './ask-media.ts';
import { rtcEventOf } from './rtc-event.ts';
import type { WorldRoomDeps } from './world-room-deps.ts';

interface RoomMediaListener {
  /** Media takes another way: everyone must be told it, and their plans anew. */
  onPath(message: MediaMessage): void;
  /** The SFU says something to the person of a session. */
  onEvent(session: string, event: RtcEvent): void;
}

type Deps = Pick<WorldRoomDeps, 'openMedia' | 'mediaPolicy' | 'iceServers' | 'now' | 'log'>;

/** The media side of one room: which way media takes, and the room's line to the media server. */
export class RoomMedia {
  private readonly deps: Deps;
  private readonly roomId: string;
  private readonly listener: RoomMediaListener;
  private readonly port: MediaPort;
  private path: MediaPath;

  constructor(deps: Deps, roomId: string, listener: RoomMediaListener) {
    this.deps = deps;
    this.roomId = roomId;
    this.listener = listener;
    const now = deps.now();
    this.path = startMediaPath(deps.mediaPolicy, false, Math.floor(now / 1000) % 0x40000000, now);
    this.port = deps.openMedia(roomId, {
      onEvent: (event: SfuEvent) => listener.onEvent(event.session, rtcEventOf(event, this.path.epoch)),
      onUpChanged: () => this.checkPath(),
    });
    this.checkPath();
  }

  get epoch(): number {
    return this.path.epoch;
  }

  get message(): MediaMessage {
    return { mode: this.path.mode, epoch: this.path.epoch, iceServers: this.deps.iceServers };
  }

  /** @throws ProblemError `stale` unless people speak directly now, since this epoch */
  checkDirect(epoch: number): void {
    checkEpoch(this.path, 'direct', epoch);
  }

  /** Does what a client asks of the media server. @throws ProblemError or ZodError */
  ask(session: string, data: unknown): Promise<unknown> {
    return askMedia(this.port, this.path, session, data);
  }

  plan: MediaPort['plan'] = (listeners) => this.port.plan(listeners);

  closeSession(session: string): void {
    this.port.closeSession(session);
  }

  /** Tells the media server everything anew: what got lost is mended by it. */
  heal(sessions: string[], allWants: () => Parameters<MediaPort['plan']>[0]): void {
    this.checkPath();
    if (this.path.mode !== 'sfu') return;
    this.port.keepSessions(sessions);
    this.port.plan(allWants());
  }

  /** Sees whether media must take another way. */
  checkPath(): void {
    const { deps } = this;
    // The port tells of changes as soon as it is made.
    const next = nextMediaPath(this.path, deps.mediaPolicy, this.port?.isUp ?? false, deps.now());
    const changed = next.epoch !== this.path.epoch;
    this.path = next;
    if (!changed) return;
    deps.log.info(`world room ${this.roomId}: media ${next.mode}, epoch ${next.epoch}`);
    this.listener.onPath(this.message);
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
