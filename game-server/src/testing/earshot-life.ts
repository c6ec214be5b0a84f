import type { CircleMessage, WorldMap, WorldZone } from '@chatmux/schema';
import type { Command, Effect, PersonState, World } from '../world/types.ts';
import { seededRandom } from './circle-life.ts';
import { EarshotOracle } from './earshot-oracle.ts';
import { SmallWorld } from './small-world.ts';

interface Walk {
  x: number;
  z: number;
  /** Metres a tick; 0 stands. */
  pace: number;
}

/** A way out: whoever steps in comes out far from all others. */
const DOOR = { x: 100, z: 100 };
const PORTALS: WorldMap['zones'] = [
  {
    ...area('door', DOOR, 2),
    kind: 'portal',
    to: { world: 'field', portal: 'way-out' },
    arrive: turned(0, 90),
  },
  { ...area('way-out', { x: 0, z: 120 }, 2), kind: 'portal', to: { world: 'field' }, arrive: turned(0, 90) },
];
/** Circles begin after this many ticks of standing together. */
const LINKED_TICKS = 36;
/** One world in so many holds more than a client can be told of at full rates. */
const CROWDED = 999;

/** A crowd that walks about, comes, goes, talks and closes itself off by a seed. The oracle is told all it does. */
export class EarshotLife {
  readonly small: SmallWorld;
  readonly oracle: EarshotOracle;
  /** How many ticks this life lasts. */
  readonly length: number;
  private readonly random: () => number;
  private readonly most: number;
  private readonly side: number;
  private readonly liveliness: number;
  private readonly meetings: { x: number; z: number }[];
  private readonly walks = new Map<number, Walk>();
  /** Until this tick hardly anybody walks. */
  private readonly settled: number;
  private visits = 0;
  /** Effects of the first tick, in which most arrive. */
  readonly first: Effect[];

  constructor(seed: number) {
    this.random = seededRandom(seed);
    const isCrowd = seed % CROWDED === 0;
    const isLong = seed % 41 === 1;
    this.settled = isLong ? LINKED_TICKS : 0;
    // Most worlds are small; some hold more than one can hear, see or be ready for.
    this.most = isCrowd ? 90 : 2 + Math.floor(this.random() ** (isLong ? 4 : 16) * (isLong ? 14 : 46));
    this.length = isLong ? LINKED_TICKS + 10 + this.below(30) : this.most > 16 ? 9 : 8 + this.below(7);
    // From people in one another's arms to some who are alone.
    this.side = isCrowd ? 12 : 4 + this.random() ** (this.most > 16 || isLong ? 3 : 1) * 36;
    this.liveliness = this.random() * 0.8;
    this.meetings = Array.from({ length: 3 }, () => this.place());
    const zones = this.random() < 0.25 ? [] : this.someZones();
    this.small = new SmallWorld(zones);
    this.oracle = new EarshotOracle(zones);
    const first = Array.from({ length: this.most }, (_, i) => this.join(i + 1));
    // In some worlds many show something from the start.
    const show = this.random() < 0.2 ? Array.from({ length: this.most }, (_, i) => this.devices(i + 1)) : [];
    this.first = this.perform([...first.filter(() => this.random() < 0.9), ...show]);
  }

  get world(): World {
    return this.small.world;
  }

  private below(count: number): number {
    return Math.floor(this.random() * count);
  }

  private place(): { x: number; z: number } {
    return { x: (this.random() - 0.5) * this.side, z: (this.random() - 0.5) * this.side };
  }

  /** Any of them may lie in, beside or across any other; the rooms share a wall. */
  private someZones(): WorldZone[] {
    const { x, z } = this.place();
    const width = 3 + this.random() * this.side;
    const middle = this.place();
    const zones: WorldZone[] = [
      { ...area('room', { x, z }, width), kind: 'room' },
      { ...area('next-room', { x: x + width, z }, width), kind: 'room' },
      { ...area('hall', middle, this.side), kind: 'hall' },
      {
        ...area('stage', { x: middle.x, z: middle.z - this.side / 3 }, this.side / 3),
        kind: 'stage',
        hall: 'hall',
      },
      { ...area('pulpit', { x, z: z + width / 3 }, width / 3), kind: 'stage', hall: 'room' },
      { ...area('corner', this.place(), 2 + this.random() * 10), kind: 'quiet', shape: 'circle' },
      { ...area('tower', this.place(), this.side * 0.7), kind: 'stage', hall: 'hall', megaphone: true },
    ];
    const isThere = (id: string) =>
      id === 'room' || id === 'hall' || this.random() < (id === 'tower' ? 0.3 : 0.7);
    return [...zones.filter(({ id }) => isThere(id)), ...PORTALS];
  }

  private join(id: number): Command {
    this.visits += 1;
    this.setOut(id);
    const at = { ...this.place(), yaw: 0 };
    return { type: 'join', id, session: `${id}.${this.visits}`, name: `P${id}`, colour: 0, at };
  }

  private devices(id: number): Command {
    const isOften = (part: number) => this.random() < part;
    return { type: 'devices', id, mic: isOften(0.7), cam: isOften(0.5), screen: isOften(0.5) };
  }

  private setOut(id: number): void {
    const to = (this.random() < 0.4 && this.meetings[this.below(3)]) || this.place();
    const near = { x: to.x + this.random() * 2, z: to.z + this.random() * 2 };
    this.walks.set(id, { ...near, pace: this.random() < 0.3 ? 0 : 0.1 + this.random() * 1.5 });
  }

  /** One tick of both. */
  tick(): Effect[] {
    for (const person of this.world.people.values()) this.walk(person);
    const commands: Command[] = [];
    while (this.random() < this.liveliness) commands.push(...this.something());
    return this.perform(commands);
  }

  private perform(commands: Command[]): Effect[] {
    const { world, small, oracle } = this;
    for (const command of commands) oracle.command(world.tick + 1, command);
    // Whether a client's crowd is too large is known from the tick before.
    const crowded = new Set<number>();
    for (const { id, watcher } of world.people.values()) if (watcher.crowd) crowded.add(id);
    const came = new Set(commands.flatMap((command) => (resets(command) ? command.id : [])));
    const effects = small.tick(...commands);
    const { circles } = world.grouping;
    const standing = [...world.people.values()].map(({ id, circle, mover: { shown } }) => ({
      id,
      x: shown.x,
      z: shown.z,
      circle,
      locked: circles.get(circle)?.locked ?? false,
      crowd: crowded.has(id) && !came.has(id),
    }));
    oracle.step(world.tick, standing);
    return effects;
  }

  private walk({ id, here, mover }: PersonState): void {
    const to = this.walks.get(id);
    if (!to || to.pace === 0 || !here || this.world.tick < this.settled) return;
    const { x, z } = mover.shown;
    const metres = Math.hypot(to.x - x, to.z - z);
    if (metres < to.pace) {
      // Most stay where they came to, so that circles can begin.
      if (this.random() < 0.1) this.setOut(id);
      return;
    }
    const part = to.pace / metres;
    this.small.put(id, x + (to.x - x) * part, z + (to.z - z) * part);
  }

  private something(): Command[] {
    const id = 1 + this.below(this.most);
    const person = this.world.people.get(id);
    const dice = this.random();
    if (!person) return dice < 0.5 ? [this.join(id)] : [];
    const isOften = (part: number) => this.random() < part;
    if (person.circle > 0 && isOften(0.4)) {
      const ask: CircleMessage = { do: isOften(0.8) ? 'lock' : 'unlock' };
      return [{ type: 'circle', id, ask }];
    }
    if (this.world.tick < this.settled && isOften(0.7)) return [];
    if (dice < 0.3) return [{ type: 'speaking', id, on: isOften(0.6) }];
    if (dice < 0.45) return [this.devices(id)];
    if (dice < 0.55) return [{ type: 'status', id, deaf: isOften(0.3), busy: isOften(0.3) }];
    if (dice < 0.6) {
      // Two at once: that one of a few has a namesake by chance is rare.
      const identity = isOften(0.2) ? '' : `i${this.below(2)}`;
      return [id, 1 + this.below(this.most)].map((one) => ({ type: 'identify', id: one, identity }));
    }
    if (dice < 0.65) return [{ type: 'block', id, other: 1 + this.below(this.most), on: isOften(0.6) }];
    if (dice < 0.72) return [{ type: person.here ? 'drop' : 'return', id }];
    if (dice < 0.76) return [{ type: 'leave', id }];
    // Somebody under the same id at once: nothing of the one before may stay.
    if (dice < 0.78) return [{ type: 'leave', id }, this.join(id)];
    if (dice < 0.79) return [{ type: 'replan' }];
    if (dice < 0.8) this.small.put(id, DOOR.x, DOOR.z);
    else if (dice < 0.84) {
      const { x, z } = this.place();
      this.small.put(id, x, z);
    } else this.setOut(id);
    return [];
  }
}

function area(id: string, { x, z }: { x: number; z: number }, width: number) {
  return { id, name: id, shape: 'box' as const, x, z, turn: 0, width, depth: width };
}

function turned(x: number, z: number) {
  return { x, z, turn: 0 };
}

/** True for what makes a client be told all anew. */
const resets = (command: Command) =>
  command.type === 'join' || command.type === 'drop' || command.type === 'return' || command.type === 'leave';
