import { MAX_MESSAGES_PER_SECOND, ProblemError, TICK_HZ } from '@chatmux/schema';
import { Roster } from '@chatmux/schema/roster';
import { type Client, CloseCode, Deferred, Room } from '@colyseus/core';
import type { CommandRecorder } from '../engine/command-log.ts';
import { PersonIds } from '../engine/person-ids.ts';
import { startTickLoop } from '../engine/tick-loop.ts';
import { WorldEngine } from '../engine/world-engine.ts';
import { countSent } from '../metrics/count-sent.ts';
import type { RoomMetrics } from '../metrics/room-metrics.ts';
import { arrivalPlace, createWorld } from '../world/create-world.ts';
import type { JoinTicket } from './admit-guest.ts';
import { type AskedRoom, tellOthers } from './ask-room.ts';
import { Intake } from './intake.ts';
import { openCopy } from './open-copy.ts';
import { Outbox, toldBy } from './outbox.ts';
import { type PlaceAnswer, type PlaceAsker, Places } from './places.ts';
import { projectRoster } from './project-roster.ts';
import { RoomBlocks } from './room-blocks.ts';
import { RoomIdentities } from './room-identities.ts';
import { RoomMedia } from './room-media.ts';
import { RoomOrder } from './room-order.ts';
import { RoomVoices } from './room-voices.ts';
import { type Seat, Seats } from './seats.ts';
import { straighten } from './socket-line.ts';
import { ClientWatch } from './watch-clients.ts';
import type { CopyMetadata } from './world-copies.ts';
import type { WorldRoomDeps } from './world-room-deps.ts';

/** How often what the SFU should know is told it whole, in ticks (one second): what got lost is mended by then. */
const HEAL_TICKS = TICK_HZ;
/** How often it is decided anew who is connected directly, in ticks. */
const DIRECT_TICKS = 4;
/** Colyseus waits this long for the connection of a seat it gave, in seconds; a promised place holds a little longer. */
const SEAT_SECONDS = 15;
/** Between two tellings of the roster, in milliseconds: in a full world each is a message to a thousand people. */
const ROSTER_MS = 100;

/**
 * Makes the world room, one copy of a world: it validates what arrives, hands it to the engine, sends what the engine
 * says. It decides nothing about the world itself.
 */
export function createWorldRoom(deps: WorldRoomDeps) {
  return class WorldRoom extends Room<{ state: Roster; metadata: CopyMetadata }> implements AskedRoom {
    // Places are counted by `places`: kept seats count, and whoever returns to theirs needs none.
    override maxClients = Number.POSITIVE_INFINITY;
    override maxMessagesPerSecond = MAX_MESSAGES_PER_SECOND;
    override patchRate = ROSTER_MS;
    override seatReservationTimeout = SEAT_SECONDS;
    override state = new Roster();
    readonly seats = new Seats();
    private readonly places = new Places(deps.maxPeople, (SEAT_SECONDS + 2) * 1000);
    private readonly ids = new PersonIds();
    private readonly watch = new ClientWatch();
    private visits = 0;
    private copy = 1;
    engine!: WorldEngine;
    media!: RoomMedia;
    voices!: RoomVoices;
    outbox!: Outbox;
    private intake!: Intake;
    blocks!: RoomBlocks;
    identities!: RoomIdentities;
    order!: RoomOrder;
    metrics!: RoomMetrics;
    private recorder: CommandRecorder | undefined;
    private stopTicks: (() => void) | undefined;

    /** Seats are given by the join route, which has checked the guest; there is no other way in. */
    static override async onAuth(): Promise<never> {
      throw new ProblemError('not-yours', 'Please join by the front door.');
    }

    override onCreate(options: unknown): void {
      const { map, copy } = openCopy(options, deps.worlds);
      this.copy = copy;
      this.setMetadata({ world: map.id, copy });
      const world = createWorld(map);
      this.metrics = deps.observe({
        roomId: this.roomId,
        copy,
        world,
        connections: () => this.clients.length,
      });
      const outbox = new Outbox(this.seats, this.metrics, (id, full) =>
        this.engine.enqueue({ type: 'line', id, full }),
      );
      this.outbox = outbox;
      this.recorder = deps.record(this.roomId, world);
      this.engine = new WorldEngine(world, {
        ...toldBy(outbox),
        before: (commands) => this.recorder?.before(commands),
        after: () => this.recorder?.after(),
        problem: (to, problem) => this.intake.refuse(this.seats.ofPerson(to), problem),
        plan: (to, entries) => {
          this.metrics.plan(entries);
          outbox.tell(to, 'plan', { epoch: this.media.epoch, entries });
        },
        wants: (listeners) => this.media.plan(listeners),
        rosterChanged: (world, people, circles) => projectRoster(this.state, world, people, circles),
      });
      this.voices = new RoomVoices(
        (id) => this.media?.hears(id) ?? false,
        (id, on) => this.engine.enqueue({ type: 'speaking', id, on }),
      );
      this.media = new RoomMedia(deps, this.roomId, {
        onPath: (isNewPath) => {
          for (const { id, session } of this.seats.all())
            outbox.tell(id, 'media', this.media.messageFor(session));
          if (!isNewPath) return;
          this.engine.enqueue({ type: 'replan' });
          // A media server that begins anew tells what changes, and begins with nobody.
          this.voices.hear(new Set());
          this.voices.settle();
        },
        onDirect: (to, message) => outbox.tell(to, 'direct', message),
        people: () => this.engine.world.people,
        onSpeaking: (sessions) =>
          this.voices.hear(new Set(sessions.flatMap((each) => this.seats.personOf(each) ?? []))),
        onEvent: (session, event) => {
          const id = this.seats.personOf(session);
          if (id !== undefined) this.outbox.tell(id, 'rtc-event', event);
        },
      });
      const { roomId, seats, engine } = this;
      this.blocks = new RoomBlocks(deps.blocks, deps.friends, seats, engine);
      const place = { world: map.id, name: map.name, copy };
      const { whereabouts } = deps.friends;
      const failed = (error: unknown) =>
        deps.log.error(`world room ${roomId}: what holds against somebody was not looked up`, error);
      this.order = new RoomOrder(deps.order, {
        seats,
        engine,
        outbox,
        worldId: map.id,
        now: deps.now,
        letGo: (seat) => this.letGo(seat),
        failed,
      });
      const settle = (seat: Seat) => this.order.settle(seat);
      const parts = { roomId, seats, engine, place, whereabouts, blocks: this.blocks, settle, failed };
      this.identities = new RoomIdentities(deps.identities, parts);
      this.intake = new Intake(deps, this);
      this.intake.attach(this);
      // Colyseus's own timestep waits for a repeating timer, which beats against the ticks: poses would come unevenly.
      this.stopTicks = startTickLoop(TICK_HZ, (lost) => this.tick(lost));
    }

    /** Asked by the join route, from any process. */
    keepsSeatFor(guestHash: string): boolean {
      return this.seats.keptFor(guestHash) !== undefined;
    }

    /** Asked by the join route before it reserves a seat. */
    promisePlace(asker: PlaceAsker): PlaceAnswer {
      const seats = { count: this.seats.count, keeps: (hash: string) => this.keepsSeatFor(hash) };
      return this.places.promise(asker, seats, deps.now());
    }

    /** Told by another room to which a guest has come. A seat kept here is theirs no more; with a line it is another tab's. */
    async guestIsElsewhere(guestHash: string): Promise<void> {
      for (const seat of [...this.seats.ofGuest(guestHash)]) {
        seat.movedOnMs = deps.now();
        if (!seat.client) await this.letGo(seat);
      }
    }

    override async onJoin(client: Client, _options: unknown, ticket: JoinTicket): Promise<void> {
      straighten(client);
      countSent(client, this.metrics);
      const now = deps.now();
      const { name, colour, guestHash, portal, overflow } = ticket;
      const guest = await deps.guests.visit(guestHash, { name, colour }, now);
      this.places.arrived(client.sessionId);
      tellOthers(this.roomId, guestHash).catch((error) => this.onUncaughtException(error, 'tellOthers'));
      const kept = this.seats.keptFor(guestHash);
      if (kept) {
        this.seats.handOver(kept, client, now);
        this.identities.forget(kept);
        kept.addressHash = ticket.addressHash;
        kept.lineFull = false;
        this.engine.enqueue({ type: 'return', id: kept.id, as: { name, colour } });
        this.welcome(kept, overflow);
        await this.order.admitted(kept);
        return;
      }
      const id = this.ids.take();
      this.visits += 1;
      const seat = this.seats.add(id, `${id}.${this.visits}`, ticket, client, now);
      const at = arrivalPlace(this.engine.world, guest.place, this.visits, portal);
      this.engine.enqueue({ type: 'join', id, session: seat.session, name, colour, at });
      this.blocks.bring(seat);
      deps.onPeople(this.roomId, this.seats.count);
      this.welcome(seat, overflow);
      await this.order.admitted(seat);
    }

    /** The connection was lost without a goodbye: the seat is kept for a while. Colyseus calls onLeave where it isn't. */
    override onDrop(client: Client): void {
      const seat = this.seats.of(client);
      if (!seat || this.seats.isLeftBehind(seat, deps.now())) return;
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
      straighten(client);
      countSent(client, this.metrics);
      Object.assign(seat, { client, cameBack: true, lineFull: false, stopWaiting: undefined });
      this.engine.enqueue({ type: 'return', id: seat.id });
      this.welcome(seat, false);
    }

    override async onLeave(client: Client, code?: number): Promise<void> {
      const seat = this.seats.of(client);
      if (!seat) return;
      // The line broke within a return; Colyseus calls no onDrop then.
      const brokeAgain = code === CloseCode.FAILED_TO_RECONNECT && seat.client === client;
      if (brokeAgain && !this.seats.isLeftBehind(seat, deps.now())) {
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
      const { world } = this.engine;
      const person = world.people.get(seat.id);
      this.identities.leave(seat);
      this.seats.remove(seat);
      this.ids.free(seat.id);
      this.engine.enqueue({ type: 'leave', id: seat.id });
      this.media.forget(seat.id, seat.session);
      this.voices.forget(seat.id);
      deps.onPeople(this.roomId, this.seats.count);
      if (!person) return;
      const { x, z, yaw } = person.mover.shown;
      await deps.rememberPlace(seat.guestHash, { worldId: world.map.id, x, z, yaw });
    }

    override async onDispose(): Promise<void> {
      this.stopTicks?.();
      this.recorder?.close();
      this.identities?.close();
      this.order?.close();
      this.blocks?.close();
      this.metrics?.close();
      const goodbyes = this.seats.keptForJoin().map((seat) => this.letGo(seat));
      this.media?.close();
      deps.onPeople(this.roomId, 0);
      await Promise.all(goodbyes);
    }

    /** One handler that throws must not take the server down. */
    override onUncaughtException(error: Error, where: string): void {
      deps.log.error(`world room ${this.roomId}: ${where} failed`, error.cause ?? error);
    }

    /** @param lost ticks that could not run since the one before */
    private tick(lost: number): void {
      // Colyseus counts messages a second by this clock.
      this.clock.tick();
      this.metrics.beginTick();
      try {
        if (lost > 0) this.engine.enqueueFirst({ type: 'hitch', ticks: lost });
        this.outbox.freeLines();
        this.engine.tick();
        this.media.checkPath();
        if (this.engine.world.tick % DIRECT_TICKS === 0) this.media.checkDirect();
        if (this.engine.world.tick % HEAL_TICKS === 0) this.heal();
      } catch (error) {
        deps.log.error(`world room ${this.roomId}: a tick failed`, error);
      }
      this.metrics.endTick();
    }

    private welcome({ id, session }: Seat, overflow: boolean): void {
      const here = { worldId: this.engine.world.map.id, copy: this.copy, overflow };
      const media = this.media.messageFor(session);
      this.outbox.tell(id, 'welcome', { id, ...here, graceSeconds: deps.graceSeconds, media });
      this.media.welcome(id);
    }

    private heal(): void {
      this.watch.look(this.clients, (client, reason) =>
        deps.log.info(`world room ${this.roomId}: person ${this.seats.of(client)?.id} was let go: ${reason}`),
      );
      const sessions = [...this.engine.world.people.values()].map((person) => person.session);
      this.media.heal(sessions, () => this.engine.allWants());
      this.voices.settle();
      this.voices.repeat();
      this.order.freeMuted();
    }
  };
}
