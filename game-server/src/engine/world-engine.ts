import type { PersonId, PlanEntry, Problem, SelfMessage, Want } from '@chatmux/schema';
import { wantsOf } from '../systems/plan-media.ts';
import { runTick } from '../systems/schedule.ts';
import type { Command, Effect, PersonState, World } from '../world/types.ts';

/** Where the effects of a tick go. Told to one who has left: nothing happens. */
export interface Outlets {
  self(to: PersonId, message: SelfMessage): void;
  problem(to: PersonId, problem: Problem): void;
  poses(to: PersonId, frame: Uint8Array): void;
  plan(to: PersonId, entries: PlanEntry[]): void;
  wants(listeners: { session: string; wants: Want[] }[]): void;
  /** Somebody came, left, dropped, returned or switched a device. */
  rosterChanged(people: ReadonlyMap<PersonId, PersonState>): void;
}

/** Collects commands between ticks, runs the systems at each tick, and performs what they ask for. */
export class WorldEngine {
  readonly world: World;
  private readonly outlets: Outlets;
  private queue: Command[] = [];

  constructor(world: World, outlets: Outlets) {
    this.world = world;
    this.outlets = outlets;
  }

  enqueue(command: Command): void {
    this.queue.push(command);
  }

  tick(): void {
    const commands = this.queue;
    this.queue = [];
    const effects = runTick(this.world, commands);
    // The roster first: whoever appears in a pose frame has a name by then.
    if (commands.some((command) => command.type !== 'input')) this.outlets.rosterChanged(this.world.people);
    for (const effect of effects) this.perform(effect);
  }

  /** Everybody's wants, whole: heals a media server that missed some. */
  allWants(): { session: string; wants: Want[] }[] {
    return [...this.world.people.values()].map((listener) => ({
      session: listener.session,
      wants: wantsOf(this.world, listener),
    }));
  }

  /** True when one receives media of the other, or will soon: then they may signal each other. */
  inReach(a: PersonId, b: PersonId): boolean {
    const { people } = this.world;
    return (people.get(a)?.hearing.has(b) ?? false) || (people.get(b)?.hearing.has(a) ?? false);
  }

  private perform(effect: Effect): void {
    switch (effect.type) {
      case 'self':
        this.outlets.self(effect.to, effect.message);
        return;
      case 'problem':
        this.outlets.problem(effect.to, effect.problem);
        return;
      case 'poses':
        this.outlets.poses(effect.to, effect.frame);
        return;
      case 'plan':
        this.outlets.plan(effect.to, effect.entries);
        return;
      case 'wants':
        this.outlets.wants(effect.listeners);
        return;
    }
  }
}
