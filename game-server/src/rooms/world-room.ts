import type { GuestRepository } from '@chatmux/db';
import { resolve } from '@chatmux/engine';
import {
  type ClientMessageType,
  clientMessages,
  MAX_MESSAGES_PER_SECOND,
  type MediaMessage,
  ProblemError,
  type RtcReply,
  type RtcRequest,
  type ServerMessages,
  type SfuEvent,
  type Signal,
  TICK_HZ,
  toProblem,
  type WorldMap,
} from '@chatmux/schema';
import { Roster } from '@chatmux/schema/roster';
import { type Client, Room } from '@colyseus/core';
import { ClientLimits } from '../engine/client-limits.ts';
import { type MediaPath, type MediaPolicy, nextMediaPath, startMediaPath } from '../engine/media-path.ts';
import { PersonIds } from '../engine/person-ids.ts';
import { WorldEngine } from '../engine/world-engine.ts';
import type { MediaPort, OpenMedia } from '../ports/media-port.ts';
import { createWorld, spawnPlace } from '../world/create-world.ts';
import type { Place } from '../world/types.ts';
import { admitGuest } from './admit-guest.ts';
import { projectRoster } from './project-roster.ts';
import { type GuestTicket, type Seat, Seats } from './seats.ts';

/** What a world room needs from outside; main.ts gives it. */
export interface WorldRoomDeps {
  map: WorldMap;
  maxPeople: number;
  graceSeconds: number;
  mediaPolicy: MediaPolicy;
  iceServers: MediaMessage['iceServers'];
  openMedia: OpenMedia;
  guests: Pick<GuestRepository, 'visit'>;
  /** Keeps where a guest stood when they left; done before the server stops. */
  rememberPlace(guestHash: string, place: Parameters<GuestRepository['leftAt']>[1]): Promise<void>;
  /** Wall clock, in milliseconds. */
  now(): number;
  log: { info(text: string): void; warn(text: string): void; error(text: string, error?: unknown): void };
  /** Told with every change, for health pages. */
  onPeople(roomId: string, count: number): void;
}

/** How often what the SFU should know is told it whole, in milliseconds: what got lost is mended by then. */
const HEAL_MS = 1000;

/**
 * Makes the world room: validates what arrives, hands it to the engine, sends what the engine says. It decides nothing
 * about the world itself.
 */
export function createWorldRoom(deps: WorldRoomDeps) {
  return class WorldRoom extends Room<{ state: Roster }> {
    override maxClients = deps.maxPeople;
    override maxMessagesPerSecond = MAX_MESSAGES_PER_SECOND;
    override state = new Roster();
    private readonly seats = new Seats();
    private readonly ids = new PersonIds();
    private visits = 0;
    private readonly engine: WorldEngine;
    private path: MediaPath;
    private media: MediaPort | undefined;

    constructor() {
      super();
      this.engine = new WorldEngine(createWorld(deps.map), {
        self: (to, message) => this.tell(to, 'self', message),
        problem: (to, problem) => this.refuse(this.seats.ofPerson(to), problem),
        poses: (to, frame) => this.seats.ofPerson(to)?.client?.sendBytes('poses', frame),
        plan: (to, entries) => this.tell(to, 'plan', { epoch: this.path.epoch, entries }),
        wants: (listeners) => this.media?.plan(listeners),
        rosterChanged: (people) => projectRoster(this.state, people),
      });
      const now = deps.now();
      this.path = startMediaPath(deps.mediaPolicy, false, Math.floor(now / 1000) % 0x40000000, now);
    }

    static override async onAuth(_token: string, options: unknown): Promise<GuestTicket> {
      return admitGuest(options);
    }

    override onCreate(): void {
      this.media = deps.openMedia(this.roomId, {
        onEvent: (event) => this.passEvent(event),
        onUpChanged: () => this.checkPath(),
      });
      this.checkPath();
      for (const type of ['input', 'devices', 'signal'] as const)
        this.onMessage(type, (client: Client, data: unknown) => this.receive(client, type, data));
      this.onMessage('rtc', (client: Client, data: unknown) => this.answerRtc(client, data));
      this.onMessage('*', (client: Client, type) => {
        this.refuse(this.seats.of(client), {
          code: 'unknown-message',
          message: 'The server knows no such message.',
          about: String(type).slice(0, 40),
        });
      });
      this.setFixedTimestep(() => this.engine.tick(), TICK_HZ);
      this.clock.setInterval(() => this.heal(), HEAL_MS);
    }

    override async onJoin(client: Client, _options: unknown, ticket: GuestTicket): Promise<void> {
      const now = deps.now();
      const guest = await deps.guests.visit(
        ticket.guestHash,
        { name: ticket.name, colour: ticket.colour },
        now,
      );
      const kept = this.seats.keptFor(ticket.guestHash);
      if (kept) {
        this.seats.handOver(kept, client, now);
        this.engine.enqueue({ type: 'return', id: kept.id });
        this.welcome(kept);
        return;
      }
      const id = this.ids.take();
      this.visits += 1;
      const seat: Seat = {
        id,
        session: `${id}.${this.visits}`,
        guestHash: ticket.guestHash,
        limits: new ClientLimits(now),
        client,
        stopWaiting: undefined,
      };
      this.seats.add(seat, client);
      const { world } = this.engine;
      const at: Place =
        guest.place?.worldId === deps.map.id
          ? { ...resolve(world.collision, guest.place.x, guest.place.z), yaw: guest.place.yaw }
          : spawnPlace(world, this.visits);
      const { name, colour } = ticket;
      this.engine.enqueue({ type: 'join', id, session: seat.session, name, colour, at });
      deps.onPeople(this.roomId, this.seats.count);
      this.welcome(seat);
    }

    /** The connection was lost without a goodbye: the seat is kept for a while. */
    override onDrop(client: Client): void {
      const seat = this.seats.of(client);
      if (!seat) return;
      seat.client = undefined;
      this.engine.enqueue({ type: 'drop', id: seat.id });
      const waiting = this.allowReconnection(client, deps.graceSeconds);
      seat.stopWaiting = () => waiting.reject(new Error('another connection took the seat'));
      // Colyseus calls onLeave when the wait ends without a return; the rejection itself says nothing more.
      waiting.catch(() => deps.log.info(`person ${seat.id}: the kept seat's wait is over`));
    }

    override onReconnect(client: Client): void {
      const seat = this.seats.of(client);
      if (!seat) {
        client.leave();
        return;
      }
      seat.client = client;
      seat.stopWaiting = undefined;
      this.engine.enqueue({ type: 'return', id: seat.id });
      this.welcome(seat);
    }

    override async onLeave(client: Client): Promise<void> {
      const seat = this.seats.of(client);
      if (!seat) return;
      const person = this.engine.world.people.get(seat.id);
      this.seats.remove(seat);
      this.ids.free(seat.id);
      this.engine.enqueue({ type: 'leave', id: seat.id });
      this.media?.closeSession(seat.session);
      deps.onPeople(this.roomId, this.seats.count);
      if (!person) return;
      const { x, z, yaw } = person.mover.shown;
      await deps.rememberPlace(seat.guestHash, { worldId: deps.map.id, x, z, yaw });
    }

    override onDispose(): void {
      this.media?.close();
      deps.onPeople(this.roomId, 0);
    }

    /** One handler that throws must not take the server down. */
    override onUncaughtException(error: Error, where: string): void {
      deps.log.error(`world room ${this.roomId}: ${where} failed`, error.cause ?? error);
    }

    private welcome(seat: Seat): void {
      const { map, graceSeconds } = deps;
      this.tell(seat.id, 'welcome', {
        id: seat.id,
        worldId: map.id,
        graceSeconds,
        media: this.mediaMessage(),
      });
    }

    private mediaMessage(): MediaMessage {
      return { mode: this.path.mode, epoch: this.path.epoch, iceServers: deps.iceServers };
    }

    private tell<T extends keyof ServerMessages>(to: number, type: T, message: ServerMessages[T]): void {
      this.seats.ofPerson(to)?.client?.send(type, message);
    }

    private refuse(seat: Seat | undefined, problem: ServerMessages['problem']): void {
      if (!seat?.client || !seat.limits.mayAnswer(deps.now())) return;
      seat.client.send('problem', problem);
    }

    /** Checks a message and gives it to the engine, or relays it. */
    private receive(client: Client, type: Exclude<ClientMessageType, 'rtc'>, data: unknown): void {
      const seat = this.seats.of(client);
      if (!seat) return;
      try {
        seat.limits.check(type, deps.now());
        if (type === 'signal') this.relay(seat, clientMessages.signal.parse(data));
        else if (type === 'input')
          this.engine.enqueue({ type, id: seat.id, input: clientMessages.input.parse(data) });
        else this.engine.enqueue({ type, id: seat.id, ...clientMessages.devices.parse(data) });
      } catch (error) {
        this.noteInternal(error);
        this.refuse(seat, toProblem(error, type));
      }
    }

    /** [SG] Direct signalling: only in direct mode, only between two of whom one receives the other. */
    private relay(seat: Seat, signal: Signal): void {
      const { to, ...rest } = signal;
      if (signal.epoch !== this.path.epoch || this.path.mode !== 'direct')
        throw new ProblemError('stale', 'The way voices take has changed meanwhile.');
      if (!this.engine.inReach(seat.id, to))
        throw new ProblemError('not-in-plan', `Person ${to} is not within reach.`);
      this.tell(to, 'signal', { ...rest, from: seat.id });
    }

    private async answerRtc(client: Client, data: unknown): Promise<RtcReply> {
      const seat = this.seats.of(client);
      try {
        if (!seat || !this.media) throw new ProblemError('not-found', 'You are not in the room.');
        seat.limits.check('rtc', deps.now());
        const request: RtcRequest = clientMessages.rtc.parse(data);
        if (request.epoch !== this.path.epoch || this.path.mode !== 'sfu')
          throw new ProblemError('stale', 'The way voices take has changed meanwhile.');
        const reply = await this.media.rtc(seat.session, request);
        // They may have left while the SFU worked: what it made must go again.
        if (this.seats.ofPerson(seat.id) !== seat) this.media.closeSession(seat.session);
        return { ok: true, data: reply };
      } catch (error) {
        this.noteInternal(error);
        return { ok: false, problem: toProblem(error, 'rtc') };
      }
    }

    private noteInternal(error: unknown): void {
      if (toProblem(error).code === 'internal') deps.log.error(`world room ${this.roomId}`, error);
    }

    private passEvent(event: SfuEvent): void {
      const id = Number.parseInt(event.session, 10);
      if (this.seats.ofPerson(id)?.session !== event.session) return;
      const { epoch } = this.path;
      if (event.event !== 'consumer-opened') {
        this.tell(id, 'rtc-event', { event: event.event, epoch, consumerId: event.consumerId });
        return;
      }
      const { consumerId, producerId, source, rtpParameters } = event;
      const from = Number.parseInt(event.from, 10);
      this.tell(id, 'rtc-event', {
        event: 'consumer-opened',
        epoch,
        consumerId,
        producerId,
        from,
        source,
        rtpParameters,
      });
    }

    /** Sees whether media must take another way, and tells everyone. */
    private checkPath(): void {
      const next = nextMediaPath(this.path, deps.mediaPolicy, this.media?.isUp ?? false, deps.now());
      const changed = next.epoch !== this.path.epoch;
      this.path = next;
      if (!changed) return;
      deps.log.info(`world room ${this.roomId}: media ${next.mode}, epoch ${next.epoch}`);
      this.broadcast('media', this.mediaMessage());
      for (const person of this.engine.world.people.values()) person.toldPlan = '';
    }

    private heal(): void {
      this.checkPath();
      if (this.path.mode !== 'sfu') return;
      this.media?.keepSessions([...this.engine.world.people.values()].map((person) => person.session));
      this.media?.plan(this.engine.allWants());
    }
  };
}
