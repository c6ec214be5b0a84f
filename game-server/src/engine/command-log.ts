import type { Command, World } from '../world/types.ts';
import { pack } from './pack-graph.ts';
import { stateHash } from './state-hash.ts';
import { dumpWorld } from './world-dump.ts';

/** What a recording says of itself in its first line. */
export const LOG_FORMAT = 'chatmux-commands';
export const LOG_VERSION = 2;
/** Ticks between two hashes: ten seconds. */
const HASH_TICKS = 200;

/** Takes the lines of a recording, each without its line break. It must not throw. */
export interface LineSink {
  write(line: string): void;
  /** No more lines come. */
  close(): void;
}

/**
 * Writes down what happens to a world, as lines of JSON: first where it starts (`world`, a dump), then `{"t","c"}` for
 * each tick with commands, and `{"t","hash"}` every ten seconds. `replay` makes the same happen again.
 */
export class CommandRecorder {
  private readonly world: World;
  private readonly sink: LineSink;
  private readonly hashTicks: number;

  /** @param hashTicks ticks between two hashes, 1 or more */
  constructor(world: World, sink: LineSink, hashTicks = HASH_TICKS) {
    this.world = world;
    this.sink = sink;
    this.hashTicks = hashTicks;
    this.line({ format: LOG_FORMAT, v: LOG_VERSION, world: dumpWorld(world) });
  }

  /** Call it before a tick is run: where the tick throws, what made it throw is written down already. */
  before(commands: readonly Command[]): void {
    if (commands.length > 0) this.line({ t: this.world.tick + 1, c: pack(commands) });
  }

  /** Call it when a tick was run. */
  after(): void {
    const { tick } = this.world;
    if (tick % this.hashTicks === 0) this.line({ t: tick, hash: stateHash(this.world) });
  }

  /** The world is over. */
  close(): void {
    this.line({ t: this.world.tick, hash: stateHash(this.world) });
    this.sink.close();
  }

  private line(value: unknown): void {
    this.sink.write(JSON.stringify(value));
  }
}
