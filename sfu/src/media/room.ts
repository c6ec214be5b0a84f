import { ProblemError, type SfuEvent, type Want } from '@chatmux/schema';
import type {
  Consumer,
  Producer,
  Router,
  RtpCapabilities,
  WebRtcServer,
  WebRtcTransport,
} from 'mediasoup/types';
import { type Log, wordsOf } from '../logger.ts';
import { reconcilePlan } from '../policy/reconcile-plan.ts';
import { coalesce } from './coalesce.ts';
import { describeRoom } from './describe-room.ts';
import { performAction, type RoomEvent } from './perform-action.ts';
import { Session } from './session.ts';
import type { SfuTimings } from './timings.ts';

/** Least time between two passes, so that a crowd that joins costs passes by time and not by head. */
const PASS_GAP_MS = 10;
const MOST_SESSIONS = 5000;

export interface RoomSurroundings {
  readonly webRtcServer: WebRtcServer;
  /** The worker tells senders how their packets arrive. */
  readonly givesFeedback: boolean;
  readonly timings: SfuTimings;
  readonly log: Log;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  readonly onEvent: (event: SfuEvent) => void;
  /** The room has closed itself or was closed. */
  readonly onRoomClosed: (roomId: string) => void;
}

/** A world room's media: one router, its sessions, and the plan of each listener. */
export class Room {
  readonly id: string;
  readonly router: Router;
  readonly around: RoomSurroundings;
  readonly sessions = new Map<string, Session>();
  /** Wants by listener; a plan may come before its listener. */
  readonly wants = new Map<string, readonly Want[]>();
  #madeAtMs: number;
  #closed = false;
  #passes = coalesce(() => this.#pass(), PASS_GAP_MS);

  constructor(id: string, router: Router, around: RoomSurroundings) {
    this.id = id;
    this.router = router;
    this.around = around;
    this.#madeAtMs = around.now();
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Opens a session; one of the same name is closed first. Throws `too-many` when the room is full. */
  open(id: string, rtpCapabilities: RtpCapabilities): Session {
    const before = this.sessions.get(id);
    if (!before && this.sessions.size >= MOST_SESSIONS)
      throw new ProblemError('too-many', 'This room has no place for more media.');
    if (before) this.#end(before, 'consumers-told');
    const session = new Session(id, rtpCapabilities);
    this.sessions.set(id, session);
    this.requestPass();
    return session;
  }

  /** Closes a session and all that is in it; the last one takes the room with it. */
  closeSession(id: string): void {
    this.wants.delete(id);
    const session = this.sessions.get(id);
    if (!session) return;
    this.#end(session, 'nobody-told');
    this.sessions.delete(id);
    if (this.sessions.size === 0) this.close();
    else this.requestPass();
  }

  keepOnly(ids: ReadonlySet<string>): void {
    for (const id of [...this.wants.keys(), ...this.sessions.keys()]) if (!ids.has(id)) this.closeSession(id);
  }

  plan(listeners: readonly { session: string; wants: readonly Want[] }[]): void {
    for (const { session, wants } of listeners) {
      if (wants.length > 0) this.wants.set(session, wants);
      else this.wants.delete(session);
    }
    this.requestPass();
  }

  /** A pass over the whole room is due. */
  requestPass(): void {
    if (!this.#closed) this.#passes.request();
  }

  /** Once a second: what no event tells. */
  heal(): void {
    const nowMs = this.around.now();
    if (this.sessions.size === 0 && nowMs - this.#madeAtMs > this.around.timings.unusedRoomMs) {
      this.close();
      return;
    }
    for (const session of this.sessions.values()) {
      for (const { transport, iceLostAtMs } of session.transports.values()) {
        if (iceLostAtMs !== undefined && nowMs - iceLostAtMs > this.around.timings.iceLostMs)
          transport.close();
      }
    }
    this.requestPass();
  }

  emit(event: RoomEvent): void {
    this.around.onEvent({ ...event, room: this.id });
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#passes.stop();
    for (const session of this.sessions.values()) session.close();
    this.sessions.clear();
    this.wants.clear();
    this.router.close();
    this.around.onRoomClosed(this.id);
  }

  /** Keeps the session's books about a transport that was made for it. */
  watchTransport(session: Session, direction: 'send' | 'receive', transport: WebRtcTransport): void {
    session.transports.get(direction)?.transport.close();
    const entry = { transport, direction, connecting: false, iceLostAtMs: undefined as number | undefined };
    session.transports.set(direction, entry);
    transport.observer.once('close', () => {
      if (session.transports.get(direction) === entry) session.transports.delete(direction);
      this.requestPass();
    });
    transport.on('dtlsstatechange', (state) => {
      if (state === 'failed' || state === 'closed') transport.close();
    });
    transport.on('icestatechange', (state) => {
      entry.iceLostAtMs = state === 'disconnected' || state === 'closed' ? this.around.now() : undefined;
    });
    this.requestPass();
  }

  watchProducer(session: Session, source: 'mic' | 'cam', producer: Producer): void {
    session.producers.set(source, producer);
    producer.observer.once('close', () => {
      if (session.producers.get(source) === producer) session.producers.delete(source);
      this.requestPass();
    });
    this.requestPass();
  }

  /** Tells the listener when the consumer ends, whatever ends it. */
  watchConsumer(session: Session, consumer: Consumer): void {
    consumer.observer.once('close', () => {
      if (session.consumers.delete(consumer.id) && !session.closed) {
        this.emit({ event: 'consumer-closed', session: session.id, consumerId: consumer.id });
      }
      this.requestPass();
    });
  }

  #end(session: Session, mode: 'consumers-told' | 'nobody-told'): void {
    const consumerIds = [...session.consumers.keys()];
    session.close();
    if (mode === 'nobody-told') return;
    for (const consumerId of consumerIds)
      this.emit({ event: 'consumer-closed', session: session.id, consumerId });
  }

  /** Compares plan and world and does the difference. One action's failure never keeps another from being done. */
  async #pass(): Promise<void> {
    if (this.#closed) return;
    const { log } = this.around;
    try {
      const actions = reconcilePlan(describeRoom(this, this.around.now(), this.around.timings.readyMs));
      await Promise.all(
        actions.map((action) =>
          performAction(this, action).catch((error: unknown) => {
            if (this.#closed) return;
            log.warn('an action of the plan failed', {
              room: this.id,
              action: action.do,
              session: action.session,
              reason: wordsOf(error),
            });
          }),
        ),
      );
    } catch (error) {
      log.error('a pass over the plan failed', { room: this.id, reason: wordsOf(error) });
    }
  }
}
