import { watchedCells } from '@chatmux/engine';
import type { PersonId, PlanEntry, Want } from '@chatmux/schema';
import type { Effect, Hearing, PersonState, World } from '../world/types.ts';

/** Nested bands, in metres: entered at the first number, left at the second, so that nothing flaps at an edge. */
const PREPARE = { enter: 22, leave: 26 };
const HEAR = { enter: 16, leave: 17 };
const SEE = { enter: 12, leave: 13.5 };
/** Video gets its middle layer within the first band and its full layer within the second. */
const MIDDLE_LAYER = { enter: 9, leave: 10 };
const FULL_LAYER = { enter: 5, leave: 6 };
/** At most this many voices and faces a listener, nearest first. */
export const MAX_VOICES = 16;
export const MAX_FACES = 9;
/** At most this many are prepared a listener, so that a crowd's plan stays small. */
export const MAX_PREPARED = 32;
/** One who plays already counts as this much nearer, so that two at like distance don't take turns. */
const INCUMBENT = 0.85;

const NO_CELLS: ReadonlySet<number> = new Set();

const within = (distance: number, band: { enter: number; leave: number }, inside: boolean) =>
  distance <= (inside ? band.leave : band.enter);

interface Neighbour {
  person: PersonState;
  distance: number;
  before: Hearing | undefined;
}

/** [PM] Decides whom each listener receives, tells listeners whose plan changed, and says to the SFU what is wanted. */
export function planMedia(world: World, effects: Effect[]): void {
  const receivers = new Map<PersonId, PersonState[]>();
  for (const listener of world.people.values()) {
    listener.hearing = listener.here ? hear(world, listener) : new Map();
    for (const id of listener.hearing.keys()) {
      const others = receivers.get(id);
      if (others) others.push(listener);
      else receivers.set(id, [listener]);
    }
  }

  const listeners: { session: string; wants: Want[] }[] = [];
  for (const listener of world.people.values()) {
    if (!listener.here) continue;
    const entries = planOf(listener, receivers.get(listener.id) ?? []);
    const told = JSON.stringify(entries);
    if (told === listener.toldPlan) continue;
    listener.toldPlan = told;
    effects.push({ type: 'plan', to: listener.id, entries });
    listeners.push({ session: listener.session, wants: wantsOf(world, listener) });
  }
  if (listeners.length > 0) effects.push({ type: 'wants', listeners });
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

function hear(world: World, listener: PersonState): Map<PersonId, Hearing> {
  const at = listener.mover.shown;
  const around: Neighbour[] = [];
  for (const cell of watchedCells(at.x, at.z, NO_CELLS, PREPARE.leave, PREPARE.leave))
    for (const person of world.cells.get(cell) ?? []) {
      if (person === listener || !person.here) continue;
      const distance = Math.hypot(person.mover.shown.x - at.x, person.mover.shown.z - at.z);
      const before = listener.hearing.get(person.id);
      if (within(distance, PREPARE, before !== undefined)) around.push({ person, distance, before });
    }
  const near = [...nearest(around, MAX_PREPARED, PREPARE, () => true)];
  const voices = nearest(near, MAX_VOICES, HEAR, (before) => before.audio);
  const faces = nearest(near, MAX_FACES, SEE, (before) => before.video > 0);
  const hearing = new Map<PersonId, Hearing>();
  for (const neighbour of near)
    hearing.set(neighbour.person.id, {
      audio: voices.has(neighbour),
      video: faces.has(neighbour) ? layerAt(neighbour.distance, neighbour.before?.video ?? 0) : 0,
    });
  return hearing;
}

/** Those within a band, at most `most`, nearest first. */
function nearest(
  near: readonly Neighbour[],
  most: number,
  band: { enter: number; leave: number },
  played: (before: Hearing) => boolean,
): Set<Neighbour> {
  const plays = ({ before }: Neighbour) => before !== undefined && played(before);
  const rank = (n: Neighbour) => n.distance * (plays(n) ? INCUMBENT : 1);
  const inside = near.filter((n) => within(n.distance, band, plays(n)));
  if (inside.length > most) inside.sort((a, b) => rank(a) - rank(b) || a.person.id - b.person.id);
  return new Set(inside.slice(0, most));
}

function layerAt(distance: number, before: PlanEntry['video']): PlanEntry['video'] {
  if (within(distance, FULL_LAYER, before === 3)) return 3;
  return within(distance, MIDDLE_LAYER, before >= 2) ? 2 : 1;
}

/** What a listener receives, and what is received of them, by id. */
function planOf(listener: PersonState, receivers: readonly PersonState[]): PlanEntry[] {
  const entries = new Map<PersonId, PlanEntry>();
  for (const [id, { audio, video }] of listener.hearing)
    entries.set(id, { id, audio, video, heardBy: false, seenBy: 0 });
  for (const receiver of receivers) {
    const theirs = receiver.hearing.get(listener.id);
    if (!theirs) continue;
    const mine = entries.get(receiver.id) ?? { id: receiver.id, audio: false, video: 0 };
    entries.set(receiver.id, { ...mine, heardBy: theirs.audio, seenBy: theirs.video });
  }
  return [...entries.values()].sort((a, b) => a.id - b.id);
}
