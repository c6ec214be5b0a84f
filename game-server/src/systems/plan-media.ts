import { cellsWithin } from '@chatmux/engine';
import { type PersonId, type PlanEntry, POSE_GRAIN, type Want } from '@chatmux/schema';
import type { Effect, Hearing, PersonState, World } from '../world/types.ts';
import { hallHeardFrom, PREPARE, Surroundings } from './earshot.ts';

/** Listeners take turns, powers of two of ticks: deciding whom they receive (in a crowd), and being told what changed. */
const DECIDE_TICKS = 4;
const CROWD_DECIDE_TICKS = 8;
const TELL_TICKS = 8;
/** Cells that hold everyone within the widest band. */
const CELLS = cellsWithin(PREPARE.leave);
/** The same in grains, squared: whoever is further off by plain distance can't be in it. */
const REACH_SQUARED = (PREPARE.leave / POSE_GRAIN + 2) ** 2;

/** People who are reached by where they are, not by how far: by room, and by the hall that hears their stage. */
interface Gathered {
  rooms: Map<number, PersonState[]>;
  stages: Map<number, PersonState[]>;
}

/**
 * [PM] Decides whom each listener receives, tells listeners whose plan changed, and says to the SFU what is wanted.
 * What people can't wait for (walls, locks, blocks, coming and going) is decided and told in the same tick.
 */
export function planMedia(world: World, effects: Effect[]): void {
  const { tick } = world;
  let gathered: Gathered | undefined;
  const urgent = new Set<PersonState>();
  for (const listener of world.people.values()) {
    const ticks = listener.watcher.crowd ? CROWD_DECIDE_TICKS : DECIDE_TICKS;
    const isTurn = ((tick + listener.id) & (ticks - 1)) === 0;
    if (!isTurn && !listener.planStale) continue;
    gathered ??= gather(world);
    const changed = decide(world, listener, gathered);
    if (listener.planStale) {
      urgent.add(listener);
      for (const id of changed) {
        const other = world.people.get(id);
        if (other) urgent.add(other);
      }
    }
    listener.planStale = false;
  }
  const wanting: { session: string; wants: Want[] }[] = [];
  for (const listener of world.people.values()) {
    if (listener.wantsChanged) wanting.push({ session: listener.session, wants: wantsOf(world, listener) });
    listener.wantsChanged = false;
    if (!listener.planChanged || !listener.here) continue;
    const isTurn = ((tick + listener.id) & (TELL_TICKS - 1)) === 0;
    if (!isTurn && !urgent.has(listener)) continue;
    listener.planChanged = false;
    effects.push({ type: 'plan', to: listener.id, entries: entriesOf(listener) });
  }
  if (wanting.length > 0) effects.push({ type: 'wants', listeners: wanting });
}

/** Whole wants of one listener, as the SFU takes them. */
export function wantsOf(world: World, listener: PersonState): Want[] {
  const wants: Want[] = [];
  for (const [id, { audio, video }] of listener.hearing) {
    const from = world.people.get(id)?.session;
    if (from !== undefined) wants.push({ from, audio, video });
  }
  return wants;
}

function gather(world: World): Gathered {
  const gathered: Gathered = { rooms: new Map(), stages: new Map() };
  if (world.zones.zones.length === 0) return gathered;
  for (const person of world.people.values()) {
    if (person.zones.room >= 0) add(gathered.rooms, person.zones.room, person);
    const hall = hallHeardFrom(world, person);
    if (hall >= 0) add(gathered.stages, hall, person);
  }
  return gathered;
}

function add(lists: Map<number, PersonState[]>, key: number, person: PersonState): void {
  const list = lists.get(key);
  if (list) list.push(person);
  else lists.set(key, [person]);
}

/** Decides anew whom a listener receives. @returns people for whom that changed something */
function decide(world: World, listener: PersonState, gathered: Gathered): PersonId[] {
  const before = listener.hearing;
  const around = new Surroundings(world, listener);
  if (listener.here && !listener.busy) look(world, listener, gathered, around);
  const now = around.choose();
  if (now.size === 0 && before.size === 0) return [];
  const changed: PersonId[] = [];
  for (const [id, hearing] of now) {
    const old = before.get(id);
    if (old && sameHearing(old, hearing)) now.set(id, old);
    else changed.push(id);
  }
  for (const id of before.keys()) if (!now.has(id)) changed.push(id);
  if (changed.length === 0) return changed;
  listener.hearing = now;
  listener.planChanged = true;
  listener.wantsChanged = true;
  for (const id of changed) {
    const other = world.people.get(id);
    if (!other) continue;
    const hearing = now.get(id);
    if (hearing) other.heardBy.set(listener.id, hearing);
    else other.heardBy.delete(listener.id);
    other.planChanged = true;
  }
  return changed;
}

const sameHearing = (a: Hearing, b: Hearing) =>
  a.audio === b.audio && a.video === b.video && a.carry === b.carry;

/** Offers everyone whom a listener may receive. */
function look(
  { poses, bySlot }: World,
  listener: PersonState,
  { rooms, stages }: Gathered,
  around: Surroundings,
): void {
  const { zones, slot: own } = listener;
  if (zones.room >= 0) {
    for (const person of rooms.get(zones.room) ?? []) around.offer(person);
    return;
  }
  const { gx, gz, cells } = poses;
  const here = poses.cell[own] as number;
  const [x, z] = [gx[own] as number, gz[own] as number];
  for (const offset of CELLS)
    for (const slot of cells[here + offset] ?? NO_SLOTS) {
      const [dx, dz] = [(gx[slot] as number) - x, (gz[slot] as number) - z];
      if (dx * dx + dz * dz > REACH_SQUARED || slot === own) continue;
      const person = bySlot[slot];
      // Those who are heard whole from a stage are offered once, below.
      if (person && !(zones.hall >= 0 && stages.get(zones.hall)?.includes(person))) around.offer(person);
    }
  if (zones.hall >= 0) for (const person of stages.get(zones.hall) ?? []) around.offer(person);
}

const NO_SLOTS: readonly number[] = [];

/** What a listener receives, and what is received of them, by id. */
function entriesOf({ hearing, heardBy }: PersonState): PlanEntry[] {
  const entries: PlanEntry[] = [];
  for (const [id, { audio, video, carry }] of hearing) {
    const theirs = heardBy.get(id);
    entries.push({ id, audio, video, carry, heardBy: theirs?.audio ?? false, seenBy: theirs?.video ?? 0 });
  }
  for (const [id, { audio, video, carry }] of heardBy)
    if (!hearing.has(id)) entries.push({ id, audio: false, video: 0, carry, heardBy: audio, seenBy: video });
  return entries.sort((a, b) => a.id - b.id);
}
