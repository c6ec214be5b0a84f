import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { WorldMap } from '@chatmux/schema';
import { z } from 'zod';
import { runTick } from '../systems/schedule.ts';
import type { Command, World } from '../world/types.ts';
import { LOG_FORMAT, LOG_VERSION } from './command-log.ts';
import { commandSchema } from './command-schema.ts';
import { unpack } from './pack-graph.ts';
import { stateHash } from './state-hash.ts';
import { loadWorldDump } from './world-dump.ts';

/** Hashes come far more often than this: a broken file must not keep us running for ever. */
const MAX_GAP_TICKS = 100_000;

const tick = z.int().min(0);
const headSchema = z.object({ format: z.literal(LOG_FORMAT), v: z.literal(LOG_VERSION), world: z.unknown() });
const commandsSchema = z.strictObject({ t: tick, c: z.array(commandSchema) });
const lineSchema = z.union([
  z.strictObject({ t: tick, c: z.unknown() }),
  z.strictObject({ t: tick, hash: z.string().regex(/^[0-9a-f]{16}$/) }),
  z.strictObject({ end: z.string() }),
]);

/** A recording that can't be replayed; the message names the line. */
export class ReplayProblem extends Error {
  constructor(line: number, fault: string, cause?: unknown) {
    super(`line ${line} of the recording: ${fault}`, { cause });
    this.name = 'ReplayProblem';
  }
}

export interface Replay {
  /** As it was at the end, or where it first differed. */
  readonly world: World;
  /** Hashes that agreed. */
  readonly agreed: number;
  /** The first hash that didn't. The fault lies after `since`, the last tick that agreed. */
  readonly differs: { readonly tick: number; readonly since: number } | undefined;
  /** Ticks that threw, as they must have where they were recorded. */
  readonly failed: Readonly<Failed>;
  /** Why the recording ended early, if it did. */
  readonly end: string | undefined;
}

type Failed = { tick: number; error: unknown }[];
type Lines = Iterable<string> | AsyncIterable<string>;

/**
 * Makes what was recorded happen again, and compares the hashes on the way. Stops at the first that differs.
 * @param makeWorld makes the world of the dump that a recording begins with
 * @throws ReplayProblem for what is no recording; a last line that was cut off in the middle only ends it
 */
export async function replay(lines: Lines, makeWorld: (dump: unknown) => World): Promise<Replay> {
  let world: World | undefined;
  let agreed = 0;
  let since = 0;
  let count = 0;
  let cut: ReplayProblem | undefined;
  const failed: Failed = [];
  const result = (part: Partial<Replay>): Replay => {
    if (!world) throw new ReplayProblem(1, 'it is empty');
    return { world, agreed, failed, differs: undefined, end: undefined, ...part };
  };
  for await (const text of lines) {
    count += 1;
    // A process that was killed leaves half a line, which is the last one.
    if (cut) throw cut;
    let line: unknown;
    try {
      line = JSON.parse(text);
    } catch (error) {
      cut = new ReplayProblem(count, 'it is not JSON', error);
      continue;
    }
    if (!world) {
      const head = headSchema.safeParse(line);
      if (!head.success) throw new ReplayProblem(count, 'this is no recording of this version', head.error);
      world = makeWorld(head.data.world);
      since = world.tick;
      continue;
    }
    const parsed = lineSchema.safeParse(line);
    if (!parsed.success) throw new ReplayProblem(count, 'it has another shape', parsed.error);
    const { data } = parsed;
    if ('end' in data) return result({ end: data.end });
    if ('hash' in data) {
      passTicks(world, data.t, count, failed);
      if (stateHash(world) !== data.hash) return result({ differs: { tick: data.t, since } });
      since = data.t;
      agreed += 1;
      continue;
    }
    const asked = commandsSchema.safeParse({ t: data.t, c: unpack(data.c) });
    if (!asked.success) throw new ReplayProblem(count, 'it holds no commands', asked.error);
    passTicks(world, data.t - 1, count, failed);
    passTick(world, asked.data.c, failed);
  }
  return result({ end: cut && 'the last line was cut off' });
}

/** Replays a recording of DATA_DIR/recordings. @param maps the worlds by id, as `loadWorlds` gives them */
export async function replayFile(path: string, maps: ReadonlyMap<string, WorldMap>): Promise<Replay> {
  const input = createReadStream(path, 'utf8');
  try {
    const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
    return await replay(lines, (dump) => loadWorldDump(dump, maps));
  } finally {
    input.destroy();
  }
}

/** Lets ticks pass in which nothing was asked. */
function passTicks(world: World, until: number, line: number, failed: Failed): void {
  const count = until - world.tick;
  if (count < 0) throw new ReplayProblem(line, `tick ${until} comes after tick ${world.tick}`);
  if (count > MAX_GAP_TICKS)
    throw new ReplayProblem(line, `nothing stands between tick ${world.tick} and tick ${until}`);
  for (let i = 0; i < count; i++) passTick(world, [], failed);
}

/** A room goes on after a tick that threw, with what was done of it; so do we. */
function passTick(world: World, commands: readonly Command[], failed: Failed): void {
  try {
    runTick(world, commands);
  } catch (error) {
    failed.push({ tick: world.tick, error });
  }
}
