import { parseWorldMap } from '@chatmux/schema';
import { expect, it } from 'vitest';
import { openCopy } from './open-copy.ts';

const meadow = parseWorldMap(
  {
    format: 1,
    id: 'meadow',
    name: 'A meadow',
    bounds: { minX: -10, maxX: 10, minZ: -10, maxZ: 10 },
    spawn: { x: 0, z: 0, radius: 2, turn: 0 },
    grounds: [],
    things: [],
  },
  'test',
);
const worlds = new Map([[meadow.id, meadow]]);

it('finds the world and the number of its copy', () => {
  expect(openCopy({ world: 'meadow', copy: 3 }, worlds)).toEqual({ map: meadow, copy: 3 });
});

it.each([
  [{}],
  [{ world: 'meadow' }],
  [{ world: 'moon', copy: 1 }],
  [{ world: 'meadow', copy: 0 }],
  [undefined],
])('opens nothing for %j', (options) => expect(() => openCopy(options, worlds)).toThrow());
