import { expect, it } from 'vitest';
import { parseWorldMap } from './world-map.ts';

const good = {
  format: 1,
  id: 'yard',
  name: 'The yard',
  bounds: { minX: -10, maxX: 10, minZ: -10, maxZ: 10 },
  spawn: { x: 0, z: 0, radius: 2, turn: 0 },
  grounds: [],
  things: [{ look: 'tree', x: 1, z: 2, width: 1, height: 3, depth: 1, solid: 'circle' }],
};

it('fills in what may be left out', () => {
  expect(parseWorldMap(good, 'yard.json').things[0]).toMatchObject({ turn: 0, variant: 0 });
});

it('names the file, the path inside it and the fault', () => {
  const bad = { ...good, things: [{ ...good.things[0], x: 'left' }] };
  expect(() => parseWorldMap(bad, 'yard.json')).toThrow(/yard\.json[\s\S]*things\.0\.x/);
  expect(() =>
    parseWorldMap({ ...good, bounds: { minX: 0, maxX: 1, minZ: 0, maxZ: 1 } }, 'yard.json'),
  ).toThrow(/bounds/);
  expect(() => parseWorldMap({ ...good, colour: 'red' }, 'yard.json')).toThrow(/colour/);
});

const area = { name: 'A place', shape: 'box', x: 0, z: 0, width: 4, depth: 4 };
const zoned = (...zones: unknown[]) => parseWorldMap({ ...good, zones }, 'yard.json');

it('takes zones of every kind, and none at all', () => {
  expect(parseWorldMap(good, 'yard.json').zones).toEqual([]);
  const { zones } = zoned(
    { kind: 'room', id: 'den', ...area },
    { kind: 'hall', id: 'lawn', ...area, shape: 'circle' },
    { kind: 'stage', id: 'boards', ...area, hall: 'lawn' },
    { kind: 'quiet', id: 'nook', ...area },
    {
      kind: 'portal',
      id: 'gate',
      ...area,
      to: { world: 'beach', portal: 'home' },
      arrive: { x: 0, z: 4, turn: 0 },
    },
  );
  expect(zones.map(({ kind, turn }) => [kind, turn])).toEqual([
    ['room', 0],
    ['hall', 0],
    ['stage', 0],
    ['quiet', 0],
    ['portal', 0],
  ]);
});

it('lets a stage be heard by a hall or a room of the same file only', () => {
  const stage = { kind: 'stage', id: 'boards', ...area, hall: 'lawn' };
  expect(() => zoned(stage)).toThrow(/zones\.0\.hall: there is no hall or room called “lawn”/);
  expect(() => zoned(stage, { kind: 'quiet', id: 'lawn', ...area })).toThrow(/zones\.0\.hall/);
  expect(zoned(stage, { kind: 'room', id: 'lawn', ...area }).zones).toHaveLength(2);
});

it('refuses two zones of one name, ovals, portals to nowhere and words it does not know', () => {
  const room = { kind: 'room', id: 'den', ...area };
  expect(() => zoned(room, { ...room, kind: 'quiet' })).toThrow(/zones\.1\.id/);
  expect(() => zoned({ ...room, shape: 'circle', depth: 5 })).toThrow(/zones\.0\.depth/);
  expect(() => zoned({ ...room, kind: 'portal' })).toThrow(/zones\.0\.to[\s\S]*zones\.0\.arrive/);
  expect(() => zoned({ ...room, hall: 'den' })).toThrow(/zones\.0/);
  expect(() => zoned({ ...room, kind: 'cellar' })).toThrow(/zones\.0\.kind/);
});
