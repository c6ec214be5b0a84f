import {
  type ClientMessageType,
  clientMessages,
  MAX_MESSAGES_PER_SECOND,
  type MediaMessage,
  ProblemError,
  type RtcReply,
  type ServerMessages,
  type SfuEvent,
  type Signal,
  TICK_HZ,
  toProblem,
} from '@chatmux/schema';
import { Roster } from '@chatmux/schema/roster';
import { type Client, CloseCode, Deferred, Room } from '@colyseus/core';
import { type MediaPath, nextMediaPath, startMediaPath } from '../engine/media-path.ts';
import { PersonIds } from '../engine/person-ids.ts';
import { startTickLoop } from '../engine/tick-loop.ts';
import { WorldEngine } from '../engine/world-engine.ts';
import type { MediaPort } from '../ports/media-port.ts';
import { arrivalPlace, createWorld } from '../world/create-world.ts';
import { admitGuest } from './admit-guest.ts';
import { askMedia, checkEpoch } from './ask-media.ts';
import { projectRoster } from './project-roster.ts';
import { rtcEventOf } from './rtc-event.ts';
import { type GuestTicket, type Seat, Seats } from './seats.ts';
import { ClientWatch } from './watch-clients.ts';
import type { WorldRoomDeps } from './world-room-deps.ts';

/** How often what the SFU should know is told it whole, in ticks (one second): what got lost is mended by then. */
const HEAL_TICKS = TICK_HZ;

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
    private readonly watch = new ClientWatch();
    private visits = 0;
    private readonly engine: WorldEngine;
    private path: MediaPath;
    private media: MediaPort | undefined;
    private stopTicks: (() => void) | undefined;

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
      // Colyseus's own timestep waits for a repeating timer, which beats against the ticks: poses would come unevenly.
      this.stopTicks = startTickLoop(TICK_HZ, () => this.tick());
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
        const { name, colour } = ticket;
        this.engine.enqueue({ type: 'return', id: kept.id, as: { name, colour } });
        this.welcome(kept);
        return;
      }
      const id = this.ids.take();
      this.visits += 1;
      const seat = this.seats.add(id, `${id}.${this.visits}`, ticket.guestHash, client, now);
      const { world } = this.engine;
      const at = arrivalPlace(world, guest.place, this.visits);
      const { name, colour } = ticket;
      this.engine.enqueue({ type: 'join', id, session: seat.session, name, colour, at });
      deps.onPeople(this.roomId, this.seats.count);
      this.welcome(seat);
    }

    /** The connection was lost without a goodbye: the seat is kept for a while. Colyseus calls onLeave where it isn't. */
    override onDrop(client: Client): void {
      const seat = this.seats.of(client);
      // The same browser is back already, on another seat: nobody would come for this one.
      if (!seat || this.seats.hasOther(seat)) return;
      seat.client = undefined;
      this.engine.enqueue({ type: 'drop', id: seat.id });
      // Against its type, it is a plain rejected promise for a client that had not acknowledged its join.
      const waiting: unknown = this.allowReconnection(client, deps.graceSeconds);
      if (!(waiting instanceof Deferred)) {
        if (waiting instanceof Promise)
          waiting.catch(() => deps.log.info(`person ${seat.id}: no way back by token`));
        this.keepForJoin(seat);
        return;
      }
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
      seat.cameBack = true;
      seat.stopWaiting = undefined;
      this.engine.enqueue({ type: 'return', id: seat.id });
      this.welcome(seat);
    }

    override async onLeave(client: Client, code?: number): Promise<void> {
      const seat = this.seats.of(client);
      if (!seat) return;
      // The line broke within a return; Colyseus calls no onDrop then.
      if (code === CloseCode.FAILED_TO_RECONNECT && seat.client === client && !this.seats.hasOther(seat)) {
        seat.client = undefined;
        this.engine.enqueue({ type: 'drop', id: seat.id });
        this.keepForJoin(seat);
      } else await this.letGo(seat);
    }

    /** Keeps the seat of one whose line broke again while they came back, and who can't by token: their next join takes it. */
    private keepForJoin(seat: Seat): void {
      // Who never was here for certain gets no seat kept: strangers could fill the world with them.
      if (!seat.cameBack) return;
      this.seats.keepForJoin(seat, deps.graceSeconds * 1000, () => void this.letGo(seat));
    }

    /** The person leaves the world; where they stood is remembered. */
    private async letGo(seat: Seat): Promise<void> {
      seat.stopWaiting?.();
      seat.stopWaiting = undefined;
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

    override async onDispose(): Promise<void> {
      this.stopTicks?.();
      const goodbyes = this.seats.keptForJoin().map((seat) => this.letGo(seat));
      this.media?.close();
      deps.onPeople(this.roomId, 0);
      await Promise.all(goodbyes);
    }

    /** One handler that throws must not take the server down. */
    override onUncaughtException(error: Error, where: string): void {
      deps.log.error(`world room ${this.roomId}: ${where} failed`, error.cause ?? error);
    }

    private tick(): void {
      // Colyseus counts messages a second by this clock.
      this.clock.tick();
      try {
        this.engine.tick();
        this.checkPath();
        if (this.engine.world.tick % HEAL_TICKS === 0) this.heal();
      } catch (error) {
        deps.log.error(`world room ${this.roomId}: a tick failed`, error);
      }
    }

    private welcome({ id }: Seat): void {
      const { map, graceSeconds } = deps;
      this.tell(id, 'welcome', { id, worldId: map.id, graceSeconds, media: this.mediaMessage() });
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
      checkEpoch(this.path, 'direct', signal.epoch);
      if (!this.engine.inReach(seat.id, to))
        throw new ProblemError('not-in-plan', `Person ${to} is not within reach.`);
      this.tell(to, 'signal', { ...rest, from: seat.id });
    }

    private async answerRtc(client: Client, data: unknown): Promise<RtcReply> {
      const seat = this.seats.of(client);
      try {
        if (!seat || !this.media) throw new ProblemError('not-found', 'You are not in the room.');
        seat.limits.check('rtc', deps.now());
        const reply = await askMedia(this.media, this.path, seat.session, data);
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
      this.tell(id, 'rtc-event', rtcEventOf(event, this.path.epoch));
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
      this.watch.look(this.clients, (client, reason) =>
        deps.log.info(`world room ${this.roomId}: person ${this.seats.of(client)?.id} was let go: ${reason}`),
      );
      this.checkPath();
      if (this.path.mode !== 'sfu') return;
      this.media?.keepSessions([...this.engine.world.people.values()].map((person) => person.session));
      this.media?.plan(this.engine.allWants());
    }
  };
}
