import { type CircleMessage, ProblemError } from '@chatmux/schema';
import { askCircle } from '../systems/circle-door.ts';
import type { Effect } from '../world/types.ts';
import { CircleField, type FieldPerson } from './circle-field.ts';
import type { CircleOracle } from './circle-oracle.ts';

/** Random numbers from 0 to below 1 that a seed repeats: a Weyl sequence through a hash of 32 bits. */
export function seededRandom(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x2545f491) | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d);
    mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}

interface Walk {
  x: number;
  z: number;
  /** Metres a tick; 0 stands. */
  pace: number;
}

/** A small crowd that walks, comes, goes, locks and knocks by a seed. The oracle sees all that the field does. */
export class CircleLife {
  readonly field = new CircleField();
  private readonly oracle: CircleOracle;
  private readonly random: () => number;
  private readonly side: number;
  private readonly liveliness: number;
  private readonly walks = new Map<number, Walk>();
  /** They join when all else of the tick has happened: nobody asks anything of a circle in the tick in which they join. */
  private readonly coming = new Set<number>();
  private justLoaded = false;
  private readonly most: number;

  /** @param crush more people than can all be tied, within a few metres */
  constructor(seed: number, oracle: CircleOracle, crush = false) {
    this.oracle = oracle;
    this.random = seededRandom(seed);
    this.most = crush ? 30 + this.below(30) : 2 + Math.floor(this.random() ** 3 * 29);
    this.side = crush ? 1.5 + this.random() * 3 : 3 + this.random() * Math.sqrt(this.most) * 2.5;
    this.liveliness = this.random() * 0.6;
    for (let id = 1; id <= this.most; id++) if (this.random() < 0.8) this.join(id);
  }

  private below(count: number): number {
    return Math.floor(this.random() * count);
  }

  private join(id: number): void {
    this.field.join(id, this.random() * this.side, this.random() * this.side);
    this.setOut(id);
  }

  private setOut(id: number): void {
    const pace = this.random() < 0.6 ? 0 : 0.05 + this.random() * 0.3;
    this.walks.set(id, { x: this.random() * this.side, z: this.random() * this.side, pace });
  }

  /** One tick of both; gives what the field's effects say, in the oracle's words. */
  tick(): { effects: string[]; faults: string[] } {
    const faults: string[] = [];
    const effects = this.field.tick((asked) => {
      for (const person of this.field.people.values()) this.walk(person);
      while (this.random() < this.liveliness) {
        const fault = this.happen(asked);
        if (fault) faults.push(fault);
      }
      for (const id of this.coming) this.join(id);
      this.coming.clear();
    });
    this.oracle.step(this.field.world.tick, [...this.field.people.values()]);
    this.justLoaded = this.random() < 0.03;
    if (this.justLoaded) this.field.reload();
    // Who is told that a knock is over follows from who may answer: it has a test of its own.
    const decided = effects.filter(({ type }) => type !== 'knock-over');
    return { effects: decided.map(inWords), faults };
  }

  private walk(person: FieldPerson): void {
    const to = this.walks.get(person.id);
    if (!to || to.pace === 0) return;
    const { x, z } = person.mover.shown;
    const metres = Math.hypot(to.x - x, to.z - z);
    if (metres < to.pace) this.setOut(person.id);
    else {
      const part = to.pace / metres;
      this.field.put(person.id, x + (to.x - x) * part, z + (to.z - z) * part);
      person.zones = { room: person.mover.shown.x > 8 ? 0 : -1 };
    }
  }

  /** Something other than walking; says so where field and oracle answer unlike. */
  private happen(effects: Effect[]): string | undefined {
    const id = 1 + this.below(this.most);
    const person = this.field.people.get(id);
    const dice = this.random();
    if (!person) {
      // In its first tick a copy can't tell a new visit from the old one under the same id.
      if (dice < 0.3 && !this.justLoaded) this.coming.add(id);
      return undefined;
    }
    if (dice < 0.04) this.field.people.delete(id);
    else if (dice < 0.1) person.here = !person.here;
    else if (dice < 0.14) person.busy = !person.busy;
    else if (dice < 0.2) this.field.put(id, this.random() * this.side, this.random() * this.side);
    else if (dice < 0.3) this.setOut(id);
    // Without circles hardly anything could be asked but would be refused.
    else if (this.field.world.grouping.circles.size > 0 || dice < 0.35) return this.ask(person, effects);
    return undefined;
  }

  private ask(person: FieldPerson, effects: Effect[]): string | undefined {
    const { world, people } = this.field;
    const ask = this.somethingToAsk(person);
    const expected = this.oracle.ask(world.tick, [...people.values()], person.id, ask);
    let given = 'done';
    try {
      askCircle(world, person, ask, effects);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      given = error.code;
    }
    return given === expected ? undefined : `${JSON.stringify(ask)}: ${given}, not ${expected}`;
  }

  private somethingToAsk({ circle }: FieldPerson): CircleMessage {
    const dice = this.random();
    const { circles, knocks } = this.field.world.grouping;
    const open = [...knocks].filter(([, knock]) => knock.open && knock.circle === circle);
    const [[knocker] = []] = open;
    if (knocker !== undefined && dice < 0.7) return { do: dice < 0.6 ? 'let-in' : 'turn-away', id: knocker };
    if (dice < 0.3) return { do: 'lock' };
    if (dice < 0.34) return { do: 'unlock' };
    if (dice < 0.8) return { do: 'knock', circle: [...circles.keys()][this.below(circles.size)] ?? 9 };
    return { do: dice < 0.9 ? 'let-in' : 'turn-away', id: 1 + this.below(this.most) };
  }
}

function inWords(effect: Effect): string {
  if (effect.type === 'knock') return `knock ${effect.to} ${effect.message.from} ${effect.message.circle}`;
  if (effect.type === 'knock-answer')
    return `answer ${effect.to} ${effect.message.circle} ${effect.message.letIn}`;
  throw new Error(`circles cause no effect ${effect.type}`);
}
