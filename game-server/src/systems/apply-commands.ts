import { ProblemError, toProblem } from '@chatmux/schema';
import { applyInput, createMover, creditMover, haltMover } from '../world/mover.ts';
import { addPerson, markStale, removePerson } from '../world/person.ts';
import type { Command, Effect, PersonState, World } from '../world/types.ts';
import { resetWatcher } from '../world/watcher.ts';
import { askCircle } from './circle-door.ts';
import { setLineFull } from './project-poses.ts';

type Asked = Exclude<Command, { type: 'join' | 'replan' | 'hitch' }>;

/** [AC] Does what was asked since the last tick, in the order it came. What can't be done is answered, never dropped. */
export function applyCommands(world: World, commands: readonly Command[], effects: Effect[]): void {
  for (const command of commands) {
    if (command.type === 'join') addPerson(world, command);
    else if (command.type === 'hitch')
      for (const { here, mover } of world.people.values()) {
        if (here) creditMover(mover, command.ticks);
      }
    else if (command.type === 'replan')
      for (const person of world.people.values()) {
        person.planStale = true;
        person.planChanged = true;
        person.wantsChanged = true;
      }
    else applyAsked(world, command, effects);
  }
}

function applyAsked(world: World, command: Asked, effects: Effect[]): void {
  const person = world.people.get(command.id);
  // They may have left within the same tick.
  if (!person) return;
  try {
    apply(world, person, command, effects);
  } catch (error) {
    effects.push({ type: 'problem', to: person.id, problem: toProblem(error, command.type) });
  }
}

/** [PM10] The media server passes on what somebody says that they send: who hears them has other wants. @returns whether it is news */
function setDevices(world: World, person: PersonState, { cam, ...sound }: Devices): boolean {
  // [AC8] Whoever is muted sends no sound, whatever they say: a screen has some, too.
  const mic = sound.mic && !person.muted;
  const screen = sound.screen && !person.muted;
  if (person.mic === mic && person.cam === cam && person.screen === screen) return false;
  Object.assign(person, { mic, cam, screen });
  for (const id of person.heardBy.keys()) {
    const listener = world.people.get(id);
    if (listener) listener.wantsChanged = true;
  }
  return true;
}
type Devices = Pick<PersonState, 'mic' | 'cam' | 'screen'>;

function apply(world: World, person: PersonState, command: Asked, effects: Effect[]): void {
  switch (command.type) {
    case 'leave':
      removePerson(world, person);
      return;
    case 'drop':
      Object.assign(person, { here: false, speaking: false });
      setDevices(world, person, { mic: false, cam: false, screen: false });
      resetWatcher(person.watcher);
      haltMover(person.mover);
      break;
    case 'return':
      person.here = true;
      person.watcher.paused = false;
      resetWatcher(person.watcher);
      if (command.as) Object.assign(person, command.as);
      // A page that was loaded anew counts its inputs from the start again. Its credit stays: coming back gives none.
      person.mover = {
        ...createMover(person.mover.shown, person.mover.credit),
        cut: true,
        unacknowledged: true,
      };
      person.planChanged = true;
      tellBlocked(person, effects);
      break;
    case 'identify':
      if (command.as) Object.assign(person, command.as);
      person.identity = command.identity;
      // A guest says nothing of themselves, and of whom they were nothing stays.
      if (command.identity === '') Object.assign(person, { pronouns: '', about: '' });
      break;
    case 'input':
      applyInput(person.mover, command.input, world.collision);
      return;
    case 'role':
      if (person.role === command.role) return;
      person.role = command.role;
      world.changed.add(person.id);
      return;
    case 'about':
      person.pronouns = command.pronouns;
      person.about = command.about;
      world.changed.add(person.id);
      return;
    case 'mute':
      if (person.muted === command.on) return;
      person.muted = command.on;
      if (command.on) {
        setDevices(world, person, { mic: false, cam: person.cam, screen: false });
        setSpeaking(world, person, false);
      }
      // Nobody waits for their turn to be spared a voice.
      break;
    case 'devices':
      if (!setDevices(world, person, command)) return;
      if (!person.mic) setSpeaking(world, person, false);
      // Who hears them sees it when their turn comes: a crowd that plays with its microphones costs no more than one that talks.
      world.changed.add(person.id);
      return;
    case 'status':
      if (person.deaf === command.deaf && person.busy === command.busy) return;
      person.deaf = command.deaf;
      person.busy = command.busy;
      break;
    case 'speaking':
      // Who has no microphone on can't come before others by saying that they speak.
      if (!setSpeaking(world, person, command.on && person.mic)) return;
      world.changed.add(person.id);
      return;
    case 'block':
      block(world, person, command.other, command.on);
      tellBlocked(person, effects);
      return;
    case 'circle':
      askCircle(world, person, command.ask, effects);
      return;
    case 'line':
      setLineFull(person, command.full);
      return;
  }
  world.changed.add(person.id);
  markStale(world, person);
}

function setSpeaking(world: World, person: PersonState, on: boolean): boolean {
  if (person.speaking === on) return false;
  person.speaking = on;
  person.spokeTick = world.tick;
  return true;
}

/** @throws ProblemError `not-found` */
function block(world: World, person: PersonState, id: number, on: boolean): void {
  const other = world.people.get(id);
  if (!other || other === person) throw new ProblemError('not-found', 'There is no such person here.');
  if (on) person.blocks.add(id);
  else person.blocks.delete(id);
  person.planStale = true;
  other.planStale = true;
}

/** [AC5] Whoever blocks people is told whom, when it changes and when they come back. Those are not told. */
function tellBlocked(person: PersonState, effects: Effect[]): void {
  effects.push({ type: 'blocked', to: person.id, ids: [...person.blocks].sort((a, b) => a - b) });
}
