import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SimView } from '../../sim/types.ts';
import { store } from '../../store/store.ts';
import type { PersonView } from '../../store/types.ts';
import { DIRECTIONS } from './circle-outline.ts';
import { CircleRings } from './circle-rings.ts';

const SECONDS = 1 / 60;
const before = store.getState();
let rings: CircleRings;
let sim: SimView & { others: Map<number, { x: number; z: number; yaw: number; speed: number }> };

const person = (id: number, circle: number): PersonView => ({
  id,
  identity: '',
  alsoMe: false,
  name: `N${id}`,
  colour: 0,
  mic: true,
  cam: false,
  screen: false,
  here: true,
  deaf: false,
  busy: false,
  speaking: false,
  role: 0,
  muted: false,
  pronouns: '',
  about: '',
  circle,
  me: id === 1,
});
const body = (x: number, z: number) => ({ x, z, yaw: 0, speed: 0 });
const people = (...circles: number[]) =>
  Object.fromEntries(circles.map((circle, i) => [i + 1, person(i + 1, circle)]));

beforeEach(() => {
  rings = new CircleRings();
  sim = {
    me: { ...body(0, 0), gait: 0 },
    others: new Map([
      [2, body(2, 0)],
      [3, body(20, 5)],
      [4, body(21, 5)],
    ]),
    view: { yaw: 0, pitch: 0, distance: 5 },
    goal: undefined,
    walkTo: () => undefined,
  };
  store.setState({ me: 1, people: people(7, 7, 8, 8), circles: { 8: { id: 8, locked: true } } });
});
afterEach(() => {
  rings.dispose();
  store.setState(before, true);
});

function frames(count: number): void {
  for (let i = 0; i < count; i++) rings.draw(sim, store.getState(), () => 0, SECONDS, false);
}
const shown = () => rings.mesh.geometry.drawRange.count / (DIRECTIONS * 12);
/** Largest and smallest x of the first ring drawn. */
function span(): [number, number] {
  const places = rings.mesh.geometry.getAttribute('position');
  const xs = Array.from({ length: (DIRECTIONS + 1) * 3 }, (_, i) => places.getX(i));
  return [Math.min(...xs), Math.max(...xs)];
}

it('draws all circles in sight in one call, our own first', () => {
  frames(60);
  expect(shown()).toBe(2);
  const [least, most] = span();
  expect(least).toBeLessThan(-0.9);
  expect(most).toBeGreaterThan(2.9);
  expect(most).toBeLessThan(4);
});

it('marks locked ones by more than their colour', () => {
  frames(60);
  const locks = rings.mesh.geometry.getAttribute('locked');
  expect(locks.getX(0)).toBeLessThan(0.05);
  expect(locks.getX((DIRECTIONS + 1) * 3)).toBeGreaterThan(0.95);
});

it('follows who walks, and leaves none behind when a circle is over', () => {
  frames(60);
  sim.others.set(2, body(5, 0));
  frames(60);
  expect(span()[1]).toBeGreaterThan(5.9);
  store.setState({ people: people(0, 0, 0, 0) });
  frames(120);
  expect(shown()).toBe(0);
  expect(rings.mesh.visible).toBe(false);
});

it('draws no circle whose people are out of sight', () => {
  sim.others.delete(3);
  sim.others.delete(4);
  frames(60);
  expect(shown()).toBe(1);
});

it('opens towards who comes near, while it is open', () => {
  store.setState({ people: people(0, 8, 8, 8), circles: { 8: { id: 8, locked: false } } });
  sim.others.set(3, body(3, 0)).set(4, body(3, 2));
  frames(60);
  const rim = rings.mesh.geometry.getAttribute('rim');
  const gaps = Array.from({ length: DIRECTIONS }, (_, column) => rim.getW(column * 3));
  expect(Math.max(...gaps)).toBeGreaterThan(0.5);
  expect(Math.min(...gaps)).toBe(0);
});
