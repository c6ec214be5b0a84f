import { readFile } from 'node:fs/promises';
import { CELL_METRES, parseWorldMap } from '@chatmux/schema';
import { afterEach, expect, it } from 'vitest';
import { Sim } from '../sim/sim.ts';
import { store } from '../store/store.ts';
import type { PersonView } from '../store/types.ts';
import { debugFacts } from './debug-facts.ts';

const file = new URL('../../../assets/worlds/plaza.json', import.meta.url);
const map = parseWorldMap(JSON.parse(await readFile(file, 'utf8')), 'plaza.json');
const before = store.getState();

afterEach(() => store.setState(before, true));

const person = (id: number, circle: number): PersonView => ({
  id,
  identity: '',
  alsoMe: false,
  name: `N${id}`,
  colour: 3,
  mic: true,
  cam: false,
  screen: false,
  here: true,
  deaf: false,
  busy: false,
  speaking: id === 2,
  role: 0,
  muted: false,
  pronouns: '',
  about: '',
  circle,
  me: id === 1,
});

it('has the cells around us by how often they are told, our own the most often', () => {
  const sim = new Sim(map);
  const cells = debugFacts({ sim, map })?.cells ?? [];
  expect(new Set(cells.map(({ hertz }) => hertz))).toEqual(new Set([20, 10, 5]));
  const own = cells.filter(
    ({ x, z }) => Math.max(Math.abs(x - sim.me.x), Math.abs(z - sim.me.z)) <= CELL_METRES / 2,
  );
  expect(own.map(({ hertz }) => hertz)).toEqual([20]);
  expect(new Set(cells.map(({ x, z }) => `${x},${z}`)).size).toBe(cells.length);
});

it('has people where they are shown, and hulls around circles in sight', () => {
  const sim = new Sim(map);
  const { x, z } = sim.me;
  sim.others.set(2, { x: x + 2, z, yaw: 0, speed: 0 });
  store.setState({
    me: 1,
    people: { 1: person(1, 8), 2: person(2, 8), 3: person(3, 9) },
    circles: { 8: { id: 8, locked: true }, 9: { id: 9, locked: false } },
  });
  const facts = debugFacts({ sim, map });
  expect(facts?.people).toMatchObject([{ id: 2, x: x + 2, z, circle: 8, speaking: true }]);
  expect(facts?.circles.map(({ id, locked }) => [id, locked])).toEqual([[8, true]]);
  const xs = facts?.circles[0]?.outline.map((corner) => corner.x) ?? [];
  expect(Math.min(...xs)).toBeLessThan(x);
  expect(Math.max(...xs)).toBeGreaterThan(x + 2);
});

it('is nothing before the world is there', () => {
  expect(debugFacts({ sim: undefined, map: undefined })).toBeUndefined();
});
