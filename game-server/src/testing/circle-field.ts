import type { CircleMessage } from '@chatmux/schema';
import { askCircle } from '../systems/circle-door.ts';
import { groupByProximity } from '../systems/group-by-proximity.ts';
import type { GroupWorld, Stander } from '../systems/group-index.ts';
import { createGrouping } from '../world/grouping.ts';
import type { Effect } from '../world/types.ts';

export type FieldPerson = { -readonly [K in keyof Stander]: Stander[K] };

/** A field with nothing but people and their circles: they are put where a test wants them. */
export class CircleField {
  readonly people = new Map<number, FieldPerson>();
  world: GroupWorld = { tick: 0, people: this.people, grouping: createGrouping(), changed: new Set() };
  private visits = 0;

  join(id: number, x: number, z: number): FieldPerson {
    this.visits += 1;
    const person: FieldPerson = {
      id,
      session: `${id}.${this.visits}`,
      here: true,
      busy: false,
      circle: 0,
      mover: { shown: { x, z } },
      zones: { room: -1 },
    };
    this.people.set(id, person);
    this.world.changed.add(id);
    return person;
  }

  person(id: number): FieldPerson {
    const person = this.people.get(id);
    if (!person) throw new Error(`nobody has the id ${id}`);
    return person;
  }

  put(id: number, x: number, z: number): void {
    this.person(id).mover = { shown: { x, z } };
  }

  /** One tick. `act` happens in it before people are grouped, as commands do. */
  tick(act?: (effects: Effect[]) => void): Effect[] {
    const effects: Effect[] = [];
    this.world = { ...this.world, tick: this.world.tick + 1 };
    act?.(effects);
    groupByProximity(this.world, effects);
    return effects;
  }

  ticks(count: number): Effect[] {
    return Array.from({ length: count }, () => this.tick()).flat();
  }

  /** A tick in which somebody asks something of a circle. */
  ask(id: number, ask: CircleMessage): Effect[] {
    return this.tick((effects) => askCircle(this.world, this.person(id), ask, effects));
  }

  circle(id: number): number {
    return this.person(id).circle;
  }

  members(circle: number): number[] {
    return [...(this.world.grouping.circles.get(circle)?.members ?? [])];
  }

  isLocked(circle: number): boolean | undefined {
    return this.world.grouping.circles.get(circle)?.locked;
  }

  /** Goes on with a copy of the state, as after a dump and a load. */
  reload(): void {
    this.world = { ...this.world, grouping: structuredClone(this.world.grouping) };
  }
}
