import type {
  KnockAnswerMessage,
  KnockMessage,
  KnockOverMessage,
  PersonId,
  PlanEntry,
  Problem,
  TravelMessage,
  Want,
} from '@chatmux/schema';
import { wantsOf } from '../systems/plan-media.ts';
import { runTick } from '../systems/schedule.ts';
import type { Command, Effect, World } from '../world/types.ts';

/** Where the effects of a tick go. Told to one who has left: nothing happens. */
export interface Outlets {
  problem(to: PersonId, problem: Problem): void;
  poses(to: PersonId, frame: Uint8Array): void;
  plan(to: PersonId, entries: PlanEntry[]): void;
  wants(listeners: { session: string; wants: Want[] }[]): void;
  travel(to: PersonId, message: TravelMessage): void;
  knock(to: PersonId, message: KnockMessage): void;
  knockAnswer(to: PersonId, message: KnockAnswerMessage): void;
  knockOver(to: PersonId, message: KnockOverMessage): void;
  blocked(to: PersonId, ids: PersonId[]): void;
  /** Slow state of people or circles changed: ids of those who came, left or are otherwise now. */
  rosterChanged(world: World, people: ReadonlySet<PersonId>, circles: ReadonlySet<number>): void;
  /** Told of a tick's commands before they are done, and when they are, for recordings. */
  before?(commands: readonly Command[]): void;
  after?(): void;
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

  /** For what must be known before all that waits. */
  enqueueFirst(command: Command): void {
    this.queue.unshift(command);
  }

  tick(): void {
    const commands = this.queue;
    this.queue = [];
    const { world, outlets } = this;
    outlets.before?.(commands);
    const effects = runTick(world, commands);
    outlets.after?.();
    // The roster first: whoever appears in a pose frame has a name by then.
    const { changed, grouping } = world;
    if (changed.size > 0 || grouping.changedCircles.size > 0) {
      outlets.rosterChanged(world, changed, grouping.changedCircles);
      changed.clear();
      grouping.changedCircles.clear();
    }
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
    const { outlets } = this;
    switch (effect.type) {
      case 'problem':
        outlets.problem(effect.to, effect.problem);
        return;
      case 'poses':
        outlets.poses(effect.to, effect.frame);
        return;
      case 'plan':
        outlets.plan(effect.to, effect.entries);
        return;
      case 'wants':
        outlets.wants(effect.listeners);
        return;
      case 'travel':
        outlets.travel(effect.to, effect.message);
        return;
      case 'knock':
        outlets.knock(effect.to, effect.message);
        return;
      case 'knock-answer':
        outlets.knockAnswer(effect.to, effect.message);
        return;
      case 'knock-over':
        outlets.knockOver(effect.to, effect.message);
        return;
      case 'blocked':
        outlets.blocked(effect.to, effect.ids);
        return;
    }
  }
}
