import { cellsWithin, PREPARE } from '@chatmux/engine';
import type { PersonId, PlanEntry, Want } from '@chatmux/schema';
import type { Effect, Hearing, PersonState, World } from '../world/types.ts';
import { hallHeardFrom, Surroundings } from './earshot.ts';

/** Listeners take turns, powers of two of ticks: deciding whom they receive (in a crowd), and being told what changed. */
const DECIDE_TICKS = 4;
const CROWD_DECIDE_TICKS = 8;
const TELL_TICKS = 8;
/** Of those who receive somebody and are not received by them, so many are told. */
export const MAX_LISTENERS_TOLD = 32;
/** Cells that hold everyone who comes within the widest band. Who is in it already is known by name. */
const CELLS = cellsWithin(PREPARE.enter);
const REACH_SQUARED = PREPARE.enter ** 2;

/** People who are reached by where they are, not by how far. */
interface Gathered {
  rooms: Map<number, PersonState[]>;
  /** By the hall that hears their stage; without those of `megaphones`. */
  stages: Map<number, PersonState[]>;
  megaphones: PersonState[];
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
    effects.push({ type: 'plan', to: listener.id, entries: entriesOf(world, listener) });
  }
  if (wanting.length > 0) effects.push({ type: 'wants', listeners: wanting });
}

/**
 * Whole wants of one listener, as the SFU takes them. [PM10] Nobody is heard or seen while the roster shows them muted or
 * without a picture, whatever their browser sends.
 */
export function wantsOf(world: World, listener: PersonState): Want[] {
  const wants: Want[] = [];
  for (const [id, { audio, video, screen }] of listener.hearing) {
    const from = world.people.get(id);
    if (!from) continue;
    wants.push({
      from: from.session,
      audio: audio && from.mic,
      video: from.cam ? video : 0,
      screen: from.screen ? screen : 0,
    });
  }
  return wants;
}

function gather(world: World): Gathered {
  const gathered: Gathered = { rooms: new Map(), stages: new Map(), megaphones: [] };
  if (world.zones.zones.length === 0) return gathered;
  for (const person of world.people.values()) {
    if (person.zones.room >= 0) add(gathered.rooms, person.zones.room, person);
    const hall = hallHeardFrom(world, person);
    if (person.megaphone) gathered.megaphones.push(person);
    else if (hall >= 0) add(gathered.stages, hall, person);
  }
  return gathered;
}

function add(lists: Map<number, PersonState[]>, key: number, person: PersonState): void {
  const list = lists.get(key);
  if (list) list.push(person);
  else lists.set(key, [person]);
}

/** Decides anew whom a listener receives. @returns people for whom that changed something */
function decide(world: World, listener: PersonState, gathered: Gathered): readonly PersonId[] {
  const before = listener.hearing;
  const around = new Surroundings(world, listener);
  if (listener.here && !listener.busy) look(world, listener, gathered, around);
  const now = around.choose();
  if (!now) return NO_ONE;
  const changed: PersonId[] = [];
  for (const [id, hearing] of now) if (before.get(id) !== hearing) changed.push(id);
  for (const id of before.keys()) if (!now.has(id)) changed.push(id);
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

const NO_ONE: readonly PersonId[] = [];
const NO_PEOPLE: readonly PersonState[] = [];

/** Offers everyone whom a listener may receive. */
function look(
  { poses, people, bySlot }: World,
  listener: PersonState,
  { rooms, stages, megaphones }: Gathered,
  around: Surroundings,
): void {
  const { zones, slot: own } = listener;
  if (zones.room >= 0) {
    for (const person of rooms.get(zones.room) ?? []) if (!person.megaphone) around.offer(person);
    for (const person of megaphones) around.offer(person);
    return;
  }
  const { x: xs, z: zs, first, next } = poses;
  const here = poses.cell[own] as number;
  const x = xs[own] as number;
  const z = zs[own] as number;
  const isNear = (slot: number) => {
    const dx = (xs[slot] as number) - x;
    const dz = (zs[slot] as number) - z;
    return dx * dx + dz * dz <= REACH_SQUARED;
  };
  const onStage = (zones.hall < 0 ? undefined : stages.get(zones.hall)) ?? NO_PEOPLE;
  const speakers = megaphones.length === 0 ? onStage : [...megaphones, ...onStage];
  for (const offset of CELLS)
    for (let slot = first[here + offset] as number; slot >= 0; slot = next[slot] as number) {
      if (slot === own || !isNear(slot)) continue;
      const person = bySlot[slot];
      if (person && !speakers.includes(person)) around.offer(person);
    }
  for (const id of listener.hearing.keys()) {
    const person = people.get(id);
    if (person && !isNear(person.slot) && !speakers.includes(person)) around.offer(person);
  }
  for (const person of speakers) around.offer(person);
}

/** [PM6] What a listener receives, and what is received of them, by id. */
function entriesOf(world: World, listener: PersonState): PlanEntry[] {
  const { hearing, heardBy } = listener;
  const entries: PlanEntry[] = [];
  for (const [id, ours] of hearing) entries.push({ id, ...ours, ...receivedBy(heardBy.get(id)) });
  const others: PlanEntry[] = [];
  for (const [id, theirs] of heardBy)
    if (!hearing.has(id))
      others.push({ id, audio: false, video: 0, screen: 0, carry: theirs.carry, ...receivedBy(theirs) });
  for (const entry of mostConcerned(world, listener, others)) entries.push(entry);
  return entries.sort((a, b) => a.id - b.id);
}

/** What somebody receives of us, as our plan says it. */
const receivedBy = (theirs: Hearing | undefined) => ({
  heardBy: theirs?.audio ?? false,
  seenBy: theirs?.video ?? (0 as const),
  screenSeenBy: theirs?.screen ?? (0 as const),
});

/** Of those who only receive us, as many as are told: who receives most first, so that we send enough; then the nearest. */
function mostConcerned({ people, poses }: World, { slot }: PersonState, others: PlanEntry[]): PlanEntry[] {
  if (others.length <= MAX_LISTENERS_TOLD) return others;
  const x = poses.x[slot] as number;
  const z = poses.z[slot] as number;
  const apart = (id: PersonId) => {
    const other = people.get(id)?.slot;
    if (other === undefined) return Number.POSITIVE_INFINITY;
    return ((poses.x[other] as number) - x) ** 2 + ((poses.z[other] as number) - z) ** 2;
  };
  const ranked = others.map((entry) => ({ entry, apart: apart(entry.id) }));
  ranked.sort(
    (a, b) =>
      b.entry.screenSeenBy - a.entry.screenSeenBy ||
      b.entry.seenBy - a.entry.seenBy ||
      Number(b.entry.heardBy) - Number(a.entry.heardBy) ||
      a.apart - b.apart ||
      a.entry.id - b.entry.id,
  );
  return ranked.slice(0, MAX_LISTENERS_TOLD).map(({ entry }) => entry);
}
