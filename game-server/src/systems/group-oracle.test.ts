import { describe, expect, it } from 'vitest';
import { CircleLife } from '../testing/circle-life.ts';
import { CircleOracle } from '../testing/circle-oracle.ts';
import { CIRCLE_CAP } from './circle-rules.ts';

const WORLDS = 10_000;
const PARTS = 10;

/** What the roster would show, had it been written from what the system says has changed. */
class Told {
  private readonly people = new Map<number, number>();
  private readonly circles = new Map<number, boolean>();

  write({ field }: CircleLife): void {
    const { changed, grouping } = field.world;
    for (const id of changed) this.people.set(id, field.people.get(id)?.circle ?? 0);
    for (const id of grouping.changedCircles) {
      const circle = grouping.circles.get(id);
      if (circle) this.circles.set(id, circle.locked);
      else this.circles.delete(id);
    }
    changed.clear();
    grouping.changedCircles.clear();
  }

  circleOf(id: number): number {
    return this.people.get(id) ?? 0;
  }

  lockOf(circle: number): boolean | undefined {
    return this.circles.get(circle);
  }

  get count(): number {
    return this.circles.size;
  }
}

/** One world in fifty has more people in one spot than can all be tied. */
const isCrush = (seed: number) => Math.floor(seed / PARTS) % 50 === 0;

function tiesOf({ field }: CircleLife): string[] {
  return [...field.world.grouping.links.values()].map(({ a, b, linked }) => `${a}-${b} ${linked}`).sort();
}

type Plain = [id: number, locked: boolean, members: number[]][];

const sorted = (circles: Plain): Plain => circles.sort(([one], [two]) => one - two);

function circlesOf({ field }: CircleLife): Plain {
  const { circles } = field.world.grouping;
  return sorted([...circles].map(([id, { locked, members }]) => [id, locked, [...members]]));
}

function circlesBy({ circles }: CircleOracle): Plain {
  return sorted([...circles].map(([id, { locked, members }]) => [id, locked, members]));
}

/** Whose own word, or the roster’s, differs from what the circles say. */
function whoIsWrong({ field }: CircleLife, oracle: CircleOracle, told: Told): string | undefined {
  const homes = oracle.homes();
  for (const { id, circle } of field.people.values()) {
    if (circle !== (homes.get(id) ?? 0)) return `${id} says ${circle}`;
    if (told.circleOf(id) !== circle) return `the roster was not told of ${id}`;
  }
  const { circles } = field.world.grouping;
  for (const { id, locked, members } of circles.values()) {
    if (members.size < 2 || members.size > CIRCLE_CAP) return `circle ${id} has ${members.size} members`;
    if (told.lockOf(id) !== locked) return `the roster was not told of circle ${id}`;
  }
  return told.count === circles.size ? undefined : 'the roster shows a circle that is over';
}

/** Lives through one world; throws where system and oracle part. */
function live(seed: number, seen: CircleOracle['seen']): void {
  const oracle = new CircleOracle();
  const life = new CircleLife(seed, oracle, isCrush(seed));
  const told = new Told();
  // From 60 to 100 ticks, most of them short: a link takes 34.
  const length = 60 + Math.floor(((seed % 41) / 40) ** 3 * 40);
  for (let tick = 1; tick <= length; tick++) {
    const { effects, faults } = life.tick();
    told.write(life);
    // Ties are many, and what differs stays so for a while.
    const look = tick % 8 === 0;
    const ours = { circles: circlesOf(life), effects, faults, ties: look ? tiesOf(life) : [] };
    const theirs = {
      circles: circlesBy(oracle),
      effects: oracle.events,
      faults: [],
      ties: look ? oracle.ties() : [],
    };
    // Comparing texts is quick; only where they differ, the difference is worth finding.
    if (JSON.stringify(ours) !== JSON.stringify(theirs))
      expect(ours, `world ${seed}, tick ${tick}`).toEqual(theirs);
    const faulty = whoIsWrong(life, oracle, told);
    if (faulty !== undefined) expect.fail(`world ${seed}, tick ${tick}: ${faulty}`);
    oracle.events = [];
  }
  for (const key of Object.keys(seen) as (keyof typeof seen)[]) seen[key] += oracle.seen[key];
}

describe('[GP1–GP13] circles, decided step by step', () => {
  for (let part = 0; part < PARTS; part++)
    it(`agree with all pairs from scratch (part ${part + 1} of ${PARTS})`, { timeout: 120_000 }, () => {
      const { seen } = new CircleOracle();
      for (let seed = part; seed < WORLDS; seed += PARTS) live(seed, seen);
      for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(10);
    });
});
