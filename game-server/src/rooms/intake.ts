import { type Problem, ProblemError, type RtcReply, signalSchema, toProblem } from '@chatmux/schema';
import type { Client, Room } from '@colyseus/core';
import type { WorldEngine } from '../engine/world-engine.ts';
import type { RoomMetrics } from '../metrics/room-metrics.ts';
import type { Outbox } from './outbox.ts';
import { COMMAND_TYPES, type CommandType, readCommand } from './read-command.ts';
import type { RoomBlocks } from './room-blocks.ts';
import type { RoomIdentities } from './room-identities.ts';
import { type RoomMedia, requireSeat } from './room-media.ts';
import type { RoomOrder } from './room-order.ts';
import type { RoomVoices } from './room-voices.ts';
import type { Seat, Seats } from './seats.ts';
import type { WorldRoomDeps } from './world-room-deps.ts';

/** The parts of a room that messages go through. */
export interface RoomParts {
  readonly roomId: string;
  readonly seats: Seats;
  readonly engine: WorldEngine;
  readonly media: RoomMedia;
  readonly voices: RoomVoices;
  readonly metrics: RoomMetrics;
  readonly outbox: Outbox;
  readonly identities: RoomIdentities;
  readonly blocks: RoomBlocks;
  readonly order: RoomOrder;
}

type Deps = Pick<WorldRoomDeps, 'now' | 'log'>;

/** What clients send to a room: who, how much and of which shape is checked here, and bad input is answered. */
export class Intake {
  private readonly deps: Deps;
  private readonly parts: RoomParts;

  constructor(deps: Deps, parts: RoomParts) {
    this.deps = deps;
    this.parts = parts;
  }

  /** Takes over a room's messages. */
  attach(room: Pick<Room, 'onMessage'>): void {
    for (const type of COMMAND_TYPES)
      room.onMessage(type, (client: Client, data: unknown) => this.receive(client, type, data));
    room.onMessage('signal', (client: Client, data: unknown) => this.relay(client, data));
    room.onMessage('reach', (client: Client, data: unknown) =>
      this.guard(client, 'reach', ({ id }) => this.parts.media.setReach(id, data)),
    );
    room.onMessage('identify', (client: Client, data: unknown) =>
      this.guard(client, 'identify', (seat) => this.parts.identities.identify(seat, data)),
    );
    room.onMessage('moderate', (client: Client, data: unknown) =>
      this.guard(client, 'moderate', (seat) => this.parts.order.moderate(seat, data)),
    );
    room.onMessage('certificate', (client: Client, data: unknown) =>
      this.guard(client, 'certificate', ({ id }) => this.parts.media.register(id, data)),
    );
    room.onMessage('rtc', (client: Client, data: unknown) => this.answerRtc(client, data));
    room.onMessage('*', (client: Client, type: unknown) => this.refuseUnknown(client, type));
  }

  /** Tells somebody what was refused, while they may be answered. */
  refuse(seat: Seat | undefined, problem: Problem): void {
    this.parts.metrics.refused(problem.code);
    if (!seat?.client || !seat.limits.mayAnswer(this.deps.now())) return;
    seat.client.send('problem', problem);
  }

  private refuseUnknown(client: Client, type: unknown): void {
    this.parts.metrics.received('other');
    const about = String(type).slice(0, 40);
    const message = 'The server knows no such message.';
    this.refuse(this.parts.seats.of(client), { code: 'unknown-message', message, about });
  }

  /** Checks a message and gives it to the engine. */
  private receive(client: Client, type: CommandType, data: unknown): void {
    const { seats, engine, voices, blocks } = this.parts;
    this.guard(client, type, (seat) => {
      const command = readCommand(seat.id, type, data);
      let kept: Promise<void> | undefined;
      if (command.type === 'speaking') return voices.say(seat.id, command.on);
      if (command.type === 'block') {
        const other = seats.ofPerson(command.other);
        if (other && other !== seat) kept = blocks.set(seat, other, command.on);
      }
      engine.enqueue(command);
      return kept;
    });
  }

  /** Direct signalling, between those whom the room connects directly. */
  private relay(client: Client, data: unknown): void {
    const { engine, media, outbox } = this.parts;
    this.guard(client, 'signal', (seat) => {
      const signal = signalSchema.parse(data);
      const added = media.checkSignal(seat.id, signal, engine.inReach(seat.id, signal.to));
      const { to, ...rest } = signal;
      if (!outbox.relay(to, 'signal', { ...rest, ...added, from: seat.id }))
        throw new ProblemError(
          'too-many',
          `Person ${to} can’t take any more now. It can be sent again in a moment.`,
        );
    });
  }

  private guard(
    client: Client,
    type: CommandType | 'signal' | 'reach' | 'certificate' | 'identify' | 'moderate',
    work: (seat: Seat) => void | Promise<void>,
  ): void {
    const seat = this.parts.seats.of(client);
    if (!seat) return;
    this.parts.metrics.received(type);
    const failed = (error: unknown) => {
      this.noteInternal(error);
      this.refuse(seat, toProblem(error, type));
    };
    try {
      seat.limits.check(type, this.deps.now());
      // Commands of the world are done at once: their order is the order in which they came.
      work(seat)?.catch(failed);
    } catch (error) {
      failed(error);
    }
  }

  private async answerRtc(client: Client, data: unknown): Promise<RtcReply> {
    const { seats, media, metrics } = this.parts;
    metrics.received('rtc');
    try {
      const seat = requireSeat(seats.of(client));
      seat.limits.check('rtc', this.deps.now());
      const reply = await media.ask(seat.session, data);
      // They may have left while the SFU worked: what it made must go again.
      if (seats.ofPerson(seat.id) !== seat) media.closeSession(seat.session);
      return { ok: true, data: reply };
    } catch (error) {
      this.noteInternal(error);
      const problem = toProblem(error, 'rtc');
      metrics.refused(problem.code);
      return { ok: false, problem };
    }
  }

  private noteInternal(error: unknown): void {
    if (toProblem(error).code === 'internal') this.deps.log.error(`world room ${this.parts.roomId}`, error);
  }
}
