import { NOWHERE } from '@chatmux/engine';
import { createMover } from './mover.ts';
import { freeSlot, takeSlot } from './pose-table.ts';
import type { Command, PersonState, World } from './types.ts';
import { createWatcher } from './watcher.ts';

/** Somebody comes into the world. */
export function addPerson(world: World, join: Extract<Command, { type: 'join' }>): PersonState {
  const { id, session, name, colour, at } = join;
  const slot = takeSlot(world.poses, id);
  const person: PersonState = {
    id,
    session,
    slot,
    name,
    colour,
    identity: '',
    mic: false,
    cam: false,
    screen: false,
    here: true,
    deaf: false,
    busy: false,
    role: 0,
    muted: false,
    pronouns: '',
    about: '',
    speaking: false,
    spokeTick: -1,
    blocks: new Set(),
    mover: { ...createMover(at), cut: true, unacknowledged: true },
    zones: NOWHERE,
    circle: 0,
    watcher: createWatcher(),
    hearing: new Map(),
    heardBy: new Map(),
    planStale: true,
    planChanged: true,
    wantsChanged: false,
    enclosure: '',
    megaphone: false,
  };
  world.people.set(id, person);
  world.bySlot[slot] = person;
  world.changed.add(id);
  return person;
}

/** Somebody leaves for good: nothing of them stays with anybody. */
export function removePerson(world: World, person: PersonState): void {
  const { id, slot } = person;
  for (const other of person.hearing.keys()) world.people.get(other)?.heardBy.delete(id);
  for (const other of neighboursOf(world, person)) {
    if (other.hearing.delete(id)) other.wantsChanged = true;
    other.planChanged = true;
    other.planStale = true;
  }
  world.people.delete(id);
  world.bySlot[slot] = undefined;
  freeSlot(world.poses, slot, world.tick);
  for (const other of world.people.values()) other.blocks.delete(id);
  world.changed.add(id);
}

/** Those who receive media of a person, or of whom they receive it. */
function neighboursOf(world: World, person: PersonState): PersonState[] {
  const ids = new Set([...person.hearing.keys(), ...person.heardBy.keys()]);
  return [...ids].flatMap((id) => world.people.get(id) ?? []);
}

/** Who hears whom around a person can't wait for its turn. */
export function markStale(world: World, person: PersonState): void {
  person.planStale = true;
  for (const other of neighboursOf(world, person)) other.planStale = true;
}
