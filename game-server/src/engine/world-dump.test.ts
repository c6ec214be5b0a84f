import { describe, expect, it } from 'vitest';
import { runTick } from '../systems/schedule.ts';
import { createWorld } from '../world/create-world.ts';
import type { Effect, World } from '../world/types.ts';
import { hashValue } from './hash-value.ts';
import { stateHash } from './state-hash.ts';
import { RandomCrowd, YARD } from './testing/random-crowd.ts';
import { DumpProblem, dumpWorld, loadWorldDump } from './world-dump.ts';

const MAPS = new Map([[YARD.id, YARD]]);

function crowdAfter(ticks: number, seed: number, size = 40): { world: World; crowd: RandomCrowd } {
  const world = createWorld(YARD);
  const crowd = new RandomCrowd(seed, size);
  for (let i = 0; i < ticks; i++) runTick(world, crowd.next());
  return { world, crowd };
}

/**
 * A hash of what a tick says to the outside, but for poses, which are told anew after a load. The wants of a listener have
 * no order: it follows from slots, which are given out anew.
 */
function told(effects: readonly Effect[]): string {
  const said = effects.filter((effect) => effect.type !== 'poses');
  return hashValue(said.map((effect) => (effect.type === 'wants' ? unordered(effect.listeners) : effect)));
}

const unordered = (listeners: Extract<Effect, { type: 'wants' }>['listeners']) =>
  new Map(listeners.map(({ session, wants }) => [session, new Map(wants.map((want) => [want.from, want]))]));

describe('a dump of a world', { timeout: 60_000 }, () => {
  it.each([1, 2, 3, 4])('goes on exactly as the world it was taken of (seed %i)', (seed) => {
    const { world, crowd } = crowdAfter(400 + seed * 37, seed);
    const loaded = loadWorldDump(JSON.parse(JSON.stringify(dumpWorld(world))), MAPS);
    expect(stateHash(loaded)).toBe(stateHash(world));
    let mostCircles = 0;
    for (let i = 0; i < 300; i++) {
      const commands = crowd.next();
      const effects = told(runTick(world, commands));
      expect([world.tick, told(runTick(loaded, structuredClone(commands)))]).toEqual([world.tick, effects]);
      mostCircles = Math.max(mostCircles, world.grouping.circles.size);
      if (i % 10 === 0) expect([i, stateHash(loaded)]).toEqual([i, stateHash(world)]);
    }
    expect(stateHash(loaded)).toBe(stateHash(world));
    expect(mostCircles).toBeGreaterThan(0);
    expect(world.people.size).toBeGreaterThan(10);
    expect([...world.people.values()].some(({ hearing }) => hearing.size > 5)).toBe(true);
  });

  it('tells every client everything anew', () => {
    const { world } = crowdAfter(200, 7, 12);
    const loaded = loadWorldDump(dumpWorld(world), MAPS);
    const here = [...world.people.values()].filter((person) => person.here).map(({ id }) => id);
    const frames = runTick(loaded, []).filter((effect) => effect.type === 'poses');
    expect(frames.map(({ to }) => to).sort()).toEqual(here.sort());
    expect([...loaded.changed].sort()).toEqual([...world.people.keys()].sort());
  });

  it('shares nothing with its world', () => {
    const { world } = crowdAfter(100, 8, 12);
    const dump = dumpWorld(world);
    const before = JSON.stringify(dump);
    for (let i = 0; i < 20; i++) runTick(world, []);
    expect(JSON.stringify(dump)).toBe(before);
  });

  it('is refused with a reason where it is none, broken, or of another map', () => {
    const { world } = crowdAfter(60, 9, 8);
    const text = JSON.stringify(dumpWorld(world));
    const load =
      (from: unknown, maps = MAPS) =>
      () =>
        loadWorldDump(from, maps);
    expect(load(null)).toThrow(DumpProblem);
    expect(load({ ...JSON.parse(text), v: 99 })).toThrow(/none of this version/);
    expect(load(JSON.parse(text), new Map())).toThrow('there is no world called “yard” here');
    const moved = { ...YARD, spawn: { ...YARD.spawn, x: 1 } };
    expect(load(JSON.parse(text), new Map([['yard', moved]]))).toThrow('has changed since');
    expect(load(JSON.parse(text.replace('"gait":0', '"gait":7')))).toThrow(/people.*mover.held.gait/s);
    expect(load(JSON.parse(text.replace('"mic":', '"mice":')))).toThrow(/mic/);
    expect(load(JSON.parse(text.replace(/\{"\$same":\d+\}/, '{"$same":99999}')))).toThrow(/state is broken/);
  });
});

describe('stateHash', () => {
  it('differs by the last bit of a place', () => {
    const { world } = crowdAfter(60, 10, 8);
    const before = stateHash(world);
    const [person] = world.people.values();
    if (!person) throw new Error('nobody came');
    const { shown } = person.mover;
    const next = new Float64Array([shown.x]);
    const bits = new BigInt64Array(next.buffer);
    bits[0] = (bits[0] ?? 0n) + 1n;
    person.mover.shown = { ...shown, x: next[0] ?? 0 };
    expect(stateHash(world)).not.toBe(before);
    person.mover.shown = shown;
    expect(stateHash(world)).toBe(before);
  });

  it('knows no order of people', () => {
    const { world } = crowdAfter(60, 11, 8);
    const turned: World = { ...world, people: new Map([...world.people].reverse()) };
    expect(stateHash(turned)).toBe(stateHash(world));
  });
});
