import type { WorldMap } from '@chatmux/schema';
import { z } from 'zod';
import { createWorld } from '../world/create-world.ts';
import { takeSlot } from '../world/pose-table.ts';
import type { World } from '../world/types.ts';
import { createWatcher } from '../world/watcher.ts';
import { keptSchema } from './dump-schema.ts';
import { hashValue } from './hash-value.ts';
import { type Packed, pack, unpack } from './pack-graph.ts';
import { type KeptWorld, keptOf } from './state-hash.ts';

const DUMP_FORMAT = 'chatmux-world';
const DUMP_VERSION = 2;

/** A world's state at one tick, as JSON can hold it. It names people and says where they stand. */
export interface WorldDump {
  readonly format: typeof DUMP_FORMAT;
  readonly v: typeof DUMP_VERSION;
  /** The map it runs on, and its hash: on another one people would stand in walls. */
  readonly map: { readonly id: string; readonly hash: string };
  readonly state: Packed;
}

const dumpSchema = z.strictObject({
  format: z.literal(DUMP_FORMAT),
  v: z.literal(DUMP_VERSION),
  /** Words for people, in dumps that were downloaded. */
  about: z.string().optional(),
  map: z.strictObject({ id: z.string(), hash: z.string() }),
  state: z.unknown(),
});

/** A dump that can't be loaded; the message says why. */
export class DumpProblem extends Error {
  constructor(fault: string, cause?: unknown) {
    super(`This dump of a world can’t be loaded: ${fault}`, { cause });
    this.name = 'DumpProblem';
  }
}

/** Writes a world down, between two ticks. What it gives shares nothing with the world. */
export function dumpWorld(world: World): WorldDump {
  const { id } = world.map;
  return {
    format: DUMP_FORMAT,
    v: DUMP_VERSION,
    map: { id, hash: hashValue(world.map) },
    state: pack(keptOf(world)),
  };
}

/**
 * Makes the world of a dump: under the same commands it goes on as the one it was taken of. What was told to clients is
 * forgotten, so everything is told anew.
 * @param data a dump, as JSON.parse gives it
 * @param maps worlds by id
 * @throws DumpProblem
 */
export function loadWorldDump(data: unknown, maps: ReadonlyMap<string, WorldMap>): World {
  const head = dumpSchema.safeParse(data);
  if (!head.success) throw new DumpProblem(`it is none of this version. ${z.prettifyError(head.error)}`);
  const { map: wanted, state } = head.data;
  const map = maps.get(wanted.id);
  if (!map) throw new DumpProblem(`there is no world called “${wanted.id}” here.`);
  if (hashValue(map) !== wanted.hash)
    throw new DumpProblem(`the world “${wanted.id}” has changed since it was taken.`);

  const { tick, grouping, people } = keptFrom(state);
  const circles = { ...grouping, changedCircles: new Set(grouping.circles.keys()) };
  const world: World = { ...createWorld(map), tick, grouping: circles };
  for (const [id, kept] of people) {
    if (id !== kept.id) throw new DumpProblem(`person ${kept.id} stands under the number ${id}.`);
    const person = { ...kept, slot: takeSlot(world.poses, id), watcher: createWatcher() };
    world.people.set(id, person);
    world.bySlot[person.slot] = person;
    world.changed.add(id);
  }
  return world;
}

/** The state itself, and not a checked copy of it: objects that stand in two places must stay one. */
function keptFrom(state: unknown): KeptWorld {
  let kept: unknown;
  try {
    kept = unpack(state);
  } catch (error) {
    throw new DumpProblem('its state is broken.', error);
  }
  assertKept(kept);
  return kept;
}

function assertKept(kept: unknown): asserts kept is KeptWorld {
  const { error } = keptSchema.safeParse(kept);
  if (error) throw new DumpProblem(`its state is broken. ${z.prettifyError(error)}`);
}
