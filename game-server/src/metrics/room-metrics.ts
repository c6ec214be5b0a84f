import { type ClientMessageType, type PlanEntry, type ProblemCode, TICK_HZ } from '@chatmux/schema';
import type { World } from '../world/types.ts';
import { Recent } from './recent.ts';
import { type SentKind, Tally } from './tally.ts';

/** A room as it is observed. The world is only read. */
export interface ObservedRoom {
  readonly roomId: string;
  /** Number of this copy of the world, from 1. */
  readonly copy: number;
  readonly world: World;
  /** Clients connected now. */
  connections(): number;
}

/** Milliseconds that never go back: by the wall, and those in which this thread really ran. */
export interface Clocks {
  now(): number;
  cpu(): number;
}

/** Where the numbers of a room go besides the room itself. */
export interface MetricsOutlets {
  readonly total: Tally;
  tick(world: string, seconds: number, cpuSeconds: number, lateSeconds: number): void;
  plan(entries: number, voices: number, faces: number): void;
  closed(room: RoomMetrics): void;
}

const TICK_MS = 1000 / TICK_HZ;
/** Ticks remembered for the operators' page: a minute. */
const TICKS_REMEMBERED = 60 * TICK_HZ;

/**
 * What a room tells about itself. Each method only adds to plain counters; who is where is read from the world when
 * somebody asks.
 */
export class RoomMetrics {
  readonly room: ObservedRoom;
  readonly tally = new Tally();
  /** Of the last minute, in milliseconds. */
  readonly tickMs = new Recent(TICKS_REMEMBERED);
  readonly lateMs = new Recent(TICKS_REMEMBERED);
  private readonly outlets: MetricsOutlets;
  private readonly clocks: Clocks;
  private began: number | undefined;
  private beganCpu = 0;

  constructor(room: ObservedRoom, outlets: MetricsOutlets, clocks: Clocks) {
    this.room = room;
    this.outlets = outlets;
    this.clocks = clocks;
  }

  /** A tick begins. Late is what came between it and a twentieth of a second after the one before. */
  beginTick(): void {
    const now = this.clocks.now();
    this.beganCpu = this.clocks.cpu();
    const late = this.began === undefined ? 0 : Math.max(0, now - this.began - TICK_MS);
    this.began = now;
    this.lateMs.add(late);
  }

  /** It ends, everything sent included. */
  endTick(): void {
    if (this.began === undefined) return;
    const ms = this.clocks.now() - this.began;
    const cpuMs = this.clocks.cpu() - this.beganCpu;
    this.tickMs.add(ms);
    this.outlets.tick(this.room.world.map.id, ms / 1000, cpuMs / 1000, this.lateMs.newest / 1000);
  }

  /** @param bytes of the message, without WebSocket framing */
  sent(kind: SentKind, bytes: number): void {
    this.tally.countSent(kind, bytes);
    this.outlets.total.countSent(kind, bytes);
  }

  /** `other` is for what the room doesn't know: its name must not become a label. */
  received(type: ClientMessageType | 'other'): void {
    this.tally.countReceived(type);
    this.outlets.total.countReceived(type);
  }

  refused(code: ProblemCode): void {
    this.tally.countRefused(code);
    this.outlets.total.countRefused(code);
  }

  /** A listener was told a plan. */
  plan(entries: readonly PlanEntry[]): void {
    let voices = 0;
    let faces = 0;
    for (const { audio, video } of entries) {
      if (audio) voices += 1;
      if (video > 0) faces += 1;
    }
    this.outlets.plan(entries.length, voices, faces);
  }

  /** The room is gone. */
  close(): void {
    this.outlets.closed(this);
  }
}
