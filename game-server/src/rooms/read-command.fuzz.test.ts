import { type ClientMessageType, clientMessages, decodeFrame, ProblemError, ROLE } from '@chatmux/schema';
import { describe, expect, it } from 'vitest';
import { ZodError } from 'zod';
import { YARD } from '../engine/testing/random-crowd.ts';
import { CIRCLE_CAP } from '../systems/circle-rules.ts';
import { MAX_FACES, MAX_PREPARED, MAX_VOICES } from '../systems/earshot.ts';
import { runTick } from '../systems/schedule.ts';
import { seededRandom } from '../testing/circle-life.ts';
import { HostileMessages } from '../testing/hostile-messages.ts';
import { arrivalPlace, createWorld } from '../world/create-world.ts';
import type { Command, Effect, World } from '../world/types.ts';
import { COMMAND_TYPES, type CommandType, readCommand } from './read-command.ts';

const INPUTS = 1_000_000;
const PEOPLE = 48;
const INPUTS_A_TICK = 400;
const TYPES = Object.keys(clientMessages) as ClientMessageType[];

const isCommand = (type: ClientMessageType): type is CommandType =>
  COMMAND_TYPES.some((command) => command === type);

/** Checks a message as the room does. @returns what it comes to, if anything; undefined where it was refused with words */
function read(id: number, type: ClientMessageType, data: unknown): Command | undefined {
  try {
    if (isCommand(type)) return readCommand(id, type, data);
    clientMessages[type].parse(data);
    return undefined;
  } catch (error) {
    if (error instanceof ZodError || error instanceof ProblemError) return undefined;
    throw error;
  }
}

/** A member answers a knock: by chance alone hardly anybody would ever name who knocked. */
function answer({ grouping }: World, random: () => number): Command | undefined {
  for (const [id, { circle, open }] of grouping.knocks) {
    const members = [...(grouping.circles.get(circle)?.members ?? [])];
    const member = members[Math.floor(random() * members.length)];
    if (open && member !== undefined)
      return { type: 'circle', id: member, ask: { do: random() < 0.5 ? 'let-in' : 'turn-away', id } };
  }
  return undefined;
}

/** What Colyseus says of people, beside what they send themselves. */
function comings(world: World, random: () => number, visit: number): Command {
  const id = 1 + Math.floor(random() * PEOPLE);
  if (!world.people.has(id)) {
    const at = arrivalPlace(world, undefined, visit, random() < 0.3 ? 'gate' : undefined);
    return { type: 'join', id, session: `${id}.${visit}`, name: 'P', colour: 0, at };
  }
  const act = random();
  if (act < 0.15) return { type: 'leave', id };
  if (act < 0.45) return { type: 'drop', id };
  if (act < 0.85) return { type: 'return', id };
  if (act < 0.9) return { type: 'line', id, full: act < 0.87 };
  if (act < 0.95) return { type: 'role', id, role: ROLE.moderator };
  return { type: 'mute', id, on: act < 0.97 };
}

/** What must hold in any world, whatever was asked of it. */
function check(world: World, effects: readonly Effect[]): void {
  const { minX, maxX, minZ, maxZ } = world.map.bounds;
  for (const { mover, hearing, blocks, zones, id, muted, mic, screen } of world.people.values()) {
    if (muted && (mic || screen)) throw new Error(`${id} is muted and sends sound`);
    for (const { x, z, yaw } of [mover.body, mover.shown]) {
      // Written so that it fails for what is no number, too.
      if (!(x >= minX && x <= maxX && z >= minZ && z <= maxZ)) throw new Error(`${id} is at ${x}, ${z}`);
      if (!Number.isFinite(yaw)) throw new Error(`${id} looks towards ${yaw}`);
    }
    if (!(mover.credit >= 0 && mover.ahead >= 0))
      throw new Error(`${id} has ${mover.credit}, ${mover.ahead}`);
    const heard = [...hearing.values()];
    const voices = heard.filter(({ audio }) => audio).length;
    const faces = heard.filter(({ video }) => video > 0).length;
    if (hearing.size > MAX_PREPARED || voices > MAX_VOICES || faces > MAX_FACES)
      throw new Error(`${id} is told ${hearing.size} people, ${voices} voices, ${faces} faces`);
    for (const other of hearing.keys()) {
      const theirs = world.people.get(other);
      if (!theirs) throw new Error(`${id} hears ${other}, who has left`);
      if (blocks.has(other) || theirs.blocks.has(id)) throw new Error(`${id} hears ${other} over a block`);
      if (theirs.zones.room !== zones.room && !theirs.megaphone)
        throw new Error(`${id} hears ${other} through a wall`);
    }
  }
  for (const { id, members } of world.grouping.circles.values())
    if (members.size > CIRCLE_CAP || members.size < 2) throw new Error(`circle ${id} has ${members.size}`);
  for (const effect of effects) {
    if (effect.type === 'problem' && effect.problem.code === 'internal') throw new Error('an error of ours');
    if (effect.type === 'poses' && world.tick % 20 === 0) decodeFrame(effect.frame);
  }
}

describe('a room', () => {
  it(`stands ${INPUTS} hostile messages: each is refused with words, or does no harm`, {
    timeout: 120_000,
  }, () => {
    const random = seededRandom(3);
    const messages = new HostileMessages(random, PEOPLE + 2);
    const world = createWorld(YARD);
    const done = new Map<string, number>();
    const refused = new Map<string, number>();
    const told = new Map<string, number>();
    const count = (of: Map<string, number>, type: string) => of.set(type, (of.get(type) ?? 0) + 1);
    for (let sent = 0; sent < INPUTS; ) {
      const commands: Command[] = [comings(world, random, sent)];
      for (let i = 0; i < INPUTS_A_TICK; i++, sent++) {
        // Mostly what changes the world: among all else, people would hardly ever come to knock.
        const types = random() < 0.5 ? COMMAND_TYPES : TYPES;
        const type = types[Math.floor(random() * types.length)] ?? 'input';
        const command = read(1 + Math.floor(random() * PEOPLE), type, messages.next(type));
        count(command ? done : refused, type);
        if (command) commands.push(command);
      }
      const answered = answer(world, random);
      if (answered) commands.push(answered);
      const effects = runTick(world, commands);
      check(world, effects);
      for (const { type } of effects) count(told, type);
      world.changed.clear();
      world.grouping.changedCircles.clear();
    }
    // Both happened, for all of them.
    for (const type of COMMAND_TYPES) {
      expect(done.get(type)).toBeGreaterThan(INPUTS / 40);
      expect(refused.get(type)).toBeGreaterThan(INPUTS / 100);
    }
    // And the world was one where people meet, hear each other, knock and are answered.
    for (const type of [
      'problem',
      'poses',
      'plan',
      'wants',
      'blocked',
      'knock',
      'knock-answer',
      'knock-over',
    ])
      expect(told.get(type), type).toBeGreaterThan(1);
    expect(world.grouping.nextId).toBeGreaterThan(10);
  });
});
