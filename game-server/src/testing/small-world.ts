import { decodeFrame, type InputMessage, type SelfMessage, type WorldMap } from '@chatmux/schema';
import { runTick } from '../systems/schedule.ts';
import { createWorld } from '../world/create-world.ts';
import type { Command, Effect, World } from '../world/types.ts';

/** An empty field for tests of systems: people are put where a test wants them. */
const FIELD: WorldMap = {
  format: 1,
  id: 'field',
  name: 'Field',
  bounds: { minX: -400, maxX: 400, minZ: -400, maxZ: 400 },
  spawn: { x: 0, z: 0, radius: 2, turn: 0 },
  grounds: [],
  things: [],
  zones: [],
};

export class SmallWorld {
  readonly world: World;

  /** @param zones areas of the field with rules of their own */
  constructor(zones: WorldMap['zones'] = []) {
    this.world = createWorld({ ...FIELD, zones });
  }

  tick(...commands: Command[]): Effect[] {
    return runTick(this.world, commands);
  }

  ticks(count: number): Effect[] {
    return Array.from({ length: count }, () => this.tick()).flat();
  }

  join(id: number, x: number, z: number): Command {
    return { type: 'join', id, session: `${id}.1`, name: `P${id}`, colour: 0, at: { x, z, yaw: 0 } };
  }

  input(id: number, input: InputMessage): Command {
    return { type: 'input', id, input };
  }

  /** Puts somebody elsewhere, as if they had walked. */
  put(id: number, x: number, z: number): void {
    const mover = this.world.people.get(id)?.mover;
    if (!mover) throw new Error(`nobody has the id ${id}`);
    mover.body = { x, z, yaw: 0 };
    mover.shown = mover.body;
  }

  hearing(listener: number, id: number) {
    return this.world.people.get(listener)?.hearing.get(id);
  }
}

/** Acknowledgements that one client is told in its frames. */
export function acksOf(effects: readonly Effect[], id: number): SelfMessage[] {
  return only(effects, 'poses')
    .filter(({ to }) => to === id)
    .flatMap(({ frame }) => decodeFrame(frame).self ?? []);
}

/** Effects of one type, in their order. */
export function only<T extends Effect['type']>(
  effects: readonly Effect[],
  type: T,
): Extract<Effect, { type: T }>[] {
  return effects.filter((effect): effect is Extract<Effect, { type: T }> => effect.type === type);
}
