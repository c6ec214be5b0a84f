import { describe, expect, it } from 'vitest';
import { placeScreens, SCREEN_WIDTH } from './screen-places.ts';

const at = (entries: [number, number, number][]) => new Map(entries.map(([id, x, z]) => [id, { x, z }]));
const NONE = new Map();

describe('placeScreens', () => {
  it('stands beside its owner and looks at those around', () => {
    const people = at([
      [1, 0, 0],
      [2, 1, 4],
      [3, -1, 4],
    ]);
    const screen = placeScreens(at([[1, 0, 0]]), people, NONE).get(1);
    expect(screen?.yaw).toBeCloseTo(0);
    // Not before them, and not on their toes.
    expect(Math.abs(screen?.x ?? 0)).toBeGreaterThan(SCREEN_WIDTH / 2);
    expect(screen?.z).toBeLessThan(0);
  });

  it('stays while people shift a little, and comes along when they walk', () => {
    const owners = at([[1, 0, 0]]);
    const first = placeScreens(
      owners,
      at([
        [1, 0, 0],
        [2, 0, 4],
      ]),
      NONE,
    );
    const second = placeScreens(
      at([[1, 0.5, 0]]),
      at([
        [1, 0.5, 0],
        [2, 1, 4],
      ]),
      first,
    );
    expect(second.get(1)).toBe(first.get(1));
    const third = placeScreens(
      at([[1, 5, 0]]),
      at([
        [1, 5, 0],
        [2, 5, 4],
      ]),
      second,
    );
    expect(third.get(1)?.x).toBeGreaterThan(5);
    const turned = placeScreens(
      owners,
      at([
        [1, 0, 0],
        [2, 4, 0],
      ]),
      first,
    );
    expect(turned.get(1)?.yaw).toBeCloseTo(Math.PI / 2);
  });

  it('stays where it is when everyone has left', () => {
    const owners = at([[1, 0, 0]]);
    const first = placeScreens(
      owners,
      at([
        [1, 0, 0],
        [2, 3, 0],
      ]),
      NONE,
    );
    expect(placeScreens(owners, owners, first).get(1)).toBe(first.get(1));
  });

  it('lets several stand together without covering one another', () => {
    const owners = at([
      [1, 0, 0],
      [2, 1.5, 0.2],
      [3, -1.4, 0.3],
      [4, 0.2, -1.2],
    ]);
    const people = new Map([...owners, [5, { x: 0, z: 5 }] as const]);
    const screens = [...placeScreens(owners, people, NONE).values()];
    expect(screens).toHaveLength(4);
    for (const one of screens)
      for (const two of screens)
        if (one !== two) expect(Math.hypot(one.x - two.x, one.z - two.z)).toBeGreaterThan(2);
  });

  it('looks at the nearest where people stand all around', () => {
    const people = at([
      [1, 0, 0],
      [2, 3, 0],
      [3, -2, 0],
    ]);
    expect(placeScreens(at([[1, 0, 0]]), people, NONE).get(1)?.yaw).toBeCloseTo(-Math.PI / 2);
  });
});
