import { buildCollisionMap, type CollisionMap } from '@chatmux/engine';
import { clientMessages, type InputMessage, TICK_HZ, type WorldMap } from '@chatmux/schema';
import { type Client, Room } from '@colyseus/core';
import { z } from 'zod';
import { startTickLoop } from '../../../../game-server/src/engine/tick-loop.ts';
import { advanceMover, applyInput, createMover } from '../../../../game-server/src/world/mover.ts';
import type { MakeTeller, Teller, Walker } from './teller.ts';

const optionsSchema = z.object({ at: z.object({ x: z.number(), z: z.number() }) });

/** What a room did since the last mark. */
export interface RoomReport {
  ticks: number;
  /** Inputs that came. */
  inputs: number;
  /** Messages sent that tell poses. */
  told: number;
  /** Least bytes of poses that all clients were owed, where they are counted. */
  owedBytes: number;
  /**
   * Milliseconds of processor time each tick took to tell poses, sends included. Not of the wall's clock: what other
   * programs of the machine do meanwhile says nothing about ours.
   */
  flushMs: number[];
}
const noReport = (): RoomReport => ({ ticks: 0, inputs: 0, told: 0, owedBytes: 0, flushMs: [] });

/** The room all arms share: inputs, movement and the tick are the game's own, and alike; `makeTeller` makes the arm. */
export function createBenchRoom(map: WorldMap, makeTeller: MakeTeller, onOpen: (room: Bench) => void) {
  return class BenchRoom extends Room {
    override maxClients = 10_000;
    override autoDispose = false;
    // Patches go out with the tick, where there are any.
    override patchRate = null;
    private readonly collision: CollisionMap = buildCollisionMap(map);
    private readonly walkers = new Map<string, Walker>();
    private waiting: { walker: Walker; input: InputMessage }[] = [];
    private report = noReport();
    private teller: Teller | undefined;
    private stopTicks: (() => void) | undefined;

    override onCreate(): void {
      this.teller = makeTeller(this, map);
      this.onMessage('input', (client: Client, data: unknown) => {
        const walker = this.walkers.get(client.sessionId);
        if (!walker) return;
        this.report.inputs += 1;
        this.waiting.push({ walker, input: clientMessages.input.parse(data) });
      });
      onOpen({
        go: () => {
          this.stopTicks ??= startTickLoop(TICK_HZ, () => this.tick());
        },
        rest: () => {
          this.stopTicks?.();
          this.stopTicks = undefined;
        },
        mark: () => {
          this.report = noReport();
        },
        read: () => this.report,
      });
    }

    override onJoin(client: Client, options: unknown): void {
      const { at } = optionsSchema.parse(options);
      const walker = { id: this.walkers.size + 1, mover: createMover({ ...at, yaw: 0 }) };
      this.walkers.set(client.sessionId, walker);
      this.teller?.joined(client, walker);
    }

    private tick(): void {
      const { report, waiting, collision } = this;
      this.waiting = [];
      // An arm that can't keep the pace must not pay for refusals on top: steps are free here.
      for (const { mover } of this.walkers.values()) mover.credit = Number.MAX_SAFE_INTEGER;
      for (const { walker, input } of waiting) applyInput(walker.mover, input, collision);
      for (const { mover } of this.walkers.values()) advanceMover(mover, collision);
      const moved = process.threadCpuUsage();
      report.told += this.teller?.tell() ?? 0;
      const { user, system } = process.threadCpuUsage(moved);
      report.flushMs.push((user + system) / 1000);
      report.ticks += 1;
      report.owedBytes += this.teller?.owed?.() ?? 0;
    }
  };
}

/** What drives the room from outside. */
export interface Bench {
  go(): void;
  rest(): void;
  mark(): void;
  read(): RoomReport;
}
