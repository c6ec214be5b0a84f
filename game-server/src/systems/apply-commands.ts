import { cellKey } from '@chatmux/engine';
import { toProblem } from '@chatmux/schema';
import { applyInput, createMover, haltMover } from '../world/mover.ts';
import type { Command, Effect, PersonState, World } from '../world/types.ts';

/** [AC] Does what was asked since the last tick, in the order it came. What can't be done is answered, never dropped. */
export function applyCommands(world: World, commands: readonly Command[], effects: Effect[]): void {
  for (const command of commands) {
    if (command.type === 'join') {
      world.people.set(command.id, arrive(command));
      continue;
    }
    const person = world.people.get(command.id);
    // They may have left within the same tick.
    if (!person) continue;
    try {
      apply(world, person, command);
    } catch (error) {
      effects.push({ type: 'problem', to: person.id, problem: toProblem(error, command.type) });
    }
  }
}

function apply(world: World, person: PersonState, command: Exclude<Command, { type: 'join' }>): void {
  switch (command.type) {
    case 'leave':
      world.people.delete(person.id);
      return;
    case 'drop':
      person.here = false;
      person.mic = false;
      person.cam = false;
      person.watching = new Set();
      person.toldPlan = '';
      haltMover(person.mover);
      return;
    case 'return':
      person.here = true;
      if (command.as) Object.assign(person, command.as);
      // A page that was loaded anew counts its inputs from the start again. Its credit stays: coming back gives none.
      person.mover = {
        ...createMover(person.mover.shown, person.mover.credit),
        cut: true,
        unacknowledged: true,
      };
      return;
    case 'input':
      applyInput(person.mover, command.input, world.collision);
      return;
    case 'devices':
      person.mic = command.mic;
      person.cam = command.cam;
      return;
  }
}

function arrive(command: Extract<Command, { type: 'join' }>): PersonState {
  const { id, session, name, colour, at } = command;
  return {
    id,
    session,
    name,
    colour,
    mic: false,
    cam: false,
    here: true,
    mover: { ...createMover(at), cut: true, unacknowledged: true },
    cell: cellKey(at.x, at.z),
    wasMoving: true,
    watching: new Set(),
    hearing: new Map(),
    toldPlan: '',
  };
}
