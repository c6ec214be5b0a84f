import { type MediaSource, type PictureCodec, ProblemError, type Want } from '@chatmux/schema';
import type { Consumer, Producer, RtpCapabilities, WebRtcTransport } from 'mediasoup/types';
import { wordsOf } from '../logger.ts';
import { inOnePass } from '../policy/one-pass.ts';
import { reconcilePlan } from '../policy/reconcile-plan.ts';
import { type Costly, SessionLimits } from '../policy/session-limits.ts';
import { SharedCodecs } from '../policy/shared-codec.ts';
import { coalesce } from './coalesce.ts';
import { describeRoom } from './describe-room.ts';
import { FloodWatch } from './flood-watch.ts';
import type { MediaWorker } from './media-worker.ts';
import { performAction, type RoomEvent } from './perform-action.ts';
import type { RoomRouter } from './room-router.ts';
import { RoomRouters } from './room-routers.ts';
import { RoomSpeakers } from './room-speakers.ts';
import type { RoomSurroundings } from './room-surroundings.ts';
import { Session } from './session.ts';
import { tidyPipes } from './tidy-pipes.ts';

/** Least time between two passes, so that a crowd that joins costs passes by time and not by head. */
const PASS_GAP_MS = 10;
const MOST_SESSIONS = 5000;

/** A world room's media: its sessions, where they live, and the plan of each listener. */
export class Room {
  readonly id: string;
  readonly routers: RoomRouters;
  readonly around: RoomSurroundings;
  readonly sessions = new Map<string, Session>();
  /** Wants by listener; a plan may come before its listener. */
  readonly wants = new Map<string, readonly Want[]>();
  /** By session: whoever joins anew doesn't begin anew with them. */
  readonly #limits = new Map<string, SessionLimits>();
  readonly #speakers: RoomSpeakers;
  /** Whose worker died and who are not told yet. */
  readonly #lost = new Set<string>();
  readonly #floods = new FloodWatch();
  readonly #codecs = new SharedCodecs();
  #emptySinceMs: number;
  #passCount = 0;
  #closed = false;
  #passes = coalesce(() => this.#pass(), PASS_GAP_MS);

  constructor(id: string, around: RoomSurroundings) {
    this.id = id;
    this.around = around;
    this.#emptySinceMs = around.now();
    this.#speakers = new RoomSpeakers(around.now, (sessions) => around.onSpeaking(id, sessions));
    this.routers = new RoomRouters(around, (sessions) => this.#speakers.heard(sessions));
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Passes over the plan since the room was made. */
  get passCount(): number {
    return this.#passCount;
  }

  /** Where a session that joins now should live. Throws `media-down` while no worker serves. */
  homeFor(id: string): Promise<RoomRouter> {
    // Who joins anew doesn't stand in their own way.
    const own = () => this.sessions.get(id)?.home;
    return this.routers.homeFor(own, () => {
      const near = new Map<number, number>();
      for (const { from } of this.wants.get(id) ?? []) {
        const home = this.sessions.get(from)?.home.number;
        if (home !== undefined) near.set(home, (near.get(home) ?? 0) + 1);
      }
      return near;
    });
  }

  /** Counts something costly that a person does. Throws `too-many` when it is too soon for it. */
  count(id: string, what: Costly): void {
    const limits = this.#limits.get(id) ?? new SessionLimits();
    this.#limits.set(id, limits);
    if (!limits.take(what, this.around.now()))
      throw new ProblemError('too-many', `The ${what} was asked for too often. Please wait a moment.`);
  }

  /** Opens a session; one of the same name is closed first. Throws `too-many` when the room is full. */
  open(id: string, rtpCapabilities: RtpCapabilities, home: RoomRouter, prefers?: PictureCodec): Session {
    const before = this.sessions.get(id);
    if (!before && this.sessions.size >= MOST_SESSIONS)
      throw new ProblemError('too-many', 'This room has no place for more media.');
    if (before) this.#end(before, 'consumers-told');
    const session = new Session(id, rtpCapabilities, home, prefers);
    home.sessions += 1;
    this.#lost.delete(id);
    this.#codecs.forget(id);
    this.sessions.set(id, session);
    this.requestPass();
    return session;
  }

  /** Closes a session and all that is in it; the last one takes the room with it. */
  closeSession(id: string): void {
    this.wants.delete(id);
    this.#lost.delete(id);
    this.#limits.delete(id);
    const session = this.sessions.get(id);
    if (!session) return;
    this.#end(session, 'nobody-told');
    this.sessions.delete(id);
    if (this.sessions.size === 0) this.close();
    else this.requestPass();
  }

  keepOnly(ids: ReadonlySet<string>): void {
    for (const id of [...this.wants.keys(), ...this.#lost, ...this.#limits.keys(), ...this.sessions.keys()])
      if (!ids.has(id)) this.closeSession(id);
  }

  /** A worker has died: what lived there is gone. The sessions are told so by `tellLost`. */
  loseWorker(worker: MediaWorker): void {
    const home = this.routers.lose(worker);
    if (!home) return;
    for (const session of this.sessions.values()) {
      if (session.home !== home) continue;
      session.close();
      this.sessions.delete(session.id);
      this.#lost.add(session.id);
    }
    // Those who had nobody else keep their room: they come back at once.
    this.#emptySinceMs = this.around.now();
    this.requestPass();
  }

  /** Tells those whose worker died, and who have not joined anew by themselves, that they should. */
  tellLost(): void {
    const lost = [...this.#lost];
    this.#lost.clear();
    for (const session of lost) this.emit({ event: 'session-lost', session });
  }

  plan(listeners: readonly { session: string; wants: readonly Want[] }[]): void {
    for (const { session, wants } of listeners) {
      if (wants.length > 0) this.wants.set(session, wants);
      else this.wants.delete(session);
    }
    this.requestPass();
  }

  /** Says whether a session speaks now. */
  readonly speaks = (session: string): boolean => this.#speakers.speaks(session);

  /** A pass over the whole room is due. */
  requestPass(): void {
    if (!this.#closed) this.#passes.request();
  }

  /** Once a second: what no event tells. */
  heal(): void {
    const nowMs = this.around.now();
    if (this.sessions.size === 0 && nowMs - this.#emptySinceMs > this.around.timings.unusedRoomMs) {
      this.close();
      return;
    }
    for (const session of this.sessions.values()) {
      for (const { transport, iceLostAtMs } of session.transports.values()) {
        if (iceLostAtMs !== undefined && nowMs - iceLostAtMs > this.around.timings.iceLostMs)
          transport.close();
      }
    }
    this.#endFloods().catch((error: unknown) => {
      if (!this.#closed)
        this.around.log.warn('bitrates were not looked at', { room: this.id, reason: wordsOf(error) });
    });
    this.requestPass();
  }

  /** [BW] Ends the sessions of those who send too much. */
  async #endFloods(): Promise<void> {
    for (const { session, source } of await this.#floods.look(this.sessions.values())) {
      if (this.#closed || this.sessions.get(session.id) !== session) continue;
      this.around.log.warn('a session sent too much', { room: this.id, session: session.id, source });
      this.#end(session, 'nobody-told');
      this.sessions.delete(session.id);
      this.#emptySinceMs = this.around.now();
      this.emit({ event: 'session-lost', session: session.id });
      this.requestPass();
    }
  }

  emit(event: RoomEvent): void {
    this.around.onEvent({ ...event, room: this.id });
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#passes.stop();
    this.#speakers.close();
    for (const session of this.sessions.values()) session.close();
    this.sessions.clear();
    this.wants.clear();
    this.#lost.clear();
    this.#limits.clear();
    this.routers.close();
    this.around.onRoomClosed(this.id);
  }

  /** Keeps the session's books about a transport that was made for it. */
  watchTransport(session: Session, direction: 'send' | 'receive', transport: WebRtcTransport): void {
    session.transports.get(direction)?.transport.close();
    const entry = { transport, direction, connecting: false, iceLostAtMs: undefined as number | undefined };
    session.transports.set(direction, entry);
    this.around.owned.add(transport);
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

  watchProducer(session: Session, source: MediaSource, producer: Producer): void {
    session.producers.set(source, producer);
    this.around.owned.add(producer);
    if (source === 'mic') session.home.watchLevel(session.id, producer);
    producer.observer.once('close', () => {
      if (source === 'mic') this.#speakers.forget(session.id);
      if (session.producers.get(source) === producer) session.producers.delete(source);
      this.requestPass();
    });
    this.requestPass();
  }

  /** Tells the listener when the consumer ends, whatever ends it. */
  watchConsumer(session: Session, consumer: Consumer): void {
    this.around.owned.add(consumer);
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
    session.home.sessions -= 1;
    if (mode === 'nobody-told') return;
    for (const consumerId of consumerIds)
      this.emit({ event: 'consumer-closed', session: session.id, consumerId });
  }

  /** Compares plan and world and does the difference. One action's failure never keeps another from being done. */
  async #pass(): Promise<void> {
    if (this.#closed) return;
    this.#passCount += 1;
    const { log } = this.around;
    try {
      for (const change of this.#codecs.update(this.sessions, this.wants, this.around.now()))
        this.emit({ event: 'camera-codec', ...change });
      const actions = reconcilePlan(describeRoom(this, this.around.now(), this.around.timings.readyMs));
      const { now, more } = inOnePass(actions);
      if (more) this.requestPass();
      await Promise.all(
        now.map((action) =>
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
      await tidyPipes(this.routers, this.sessions);
    } catch (error) {
      if (this.#closed) return;
      log.error('a pass over the plan failed', { room: this.id, reason: wordsOf(error) });
    }
  }
}
