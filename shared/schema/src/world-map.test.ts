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
