import { CELL_METRES, type Metres } from '@chatmux/schema';

/** Interest cells: a square grid over the ground. A key holds column and row in a byte each, 128 in the middle. */

const MIDDLE = 128;
const index = (v: Metres) => Math.max(0, Math.min(255, Math.floor(v / CELL_METRES) + MIDDLE));

/** Key of the cell that holds a point. Points beyond the grid count to its outermost cells. */
export function cellKey(x: Metres, z: Metres): number {
  return (index(x) << 8) | index(z);
}

/** Distance from a point to the nearest edge of a cell; 0 inside. */
export function distanceToCell(x: Metres, z: Metres, key: number): Metres {
  const minX = ((key >> 8) - MIDDLE) * CELL_METRES;
  const minZ = ((key & 0xff) - MIDDLE) * CELL_METRES;
  const dx = Math.max(minX - x, 0, x - minX - CELL_METRES);
  const dz = Math.max(minZ - z, 0, z - minZ - CELL_METRES);
  return Math.hypot(dx, dz);
}

/**
 * Cells within reach of a point, and those already watched that are not yet out of the wider reach: the gap between the
 * two keeps somebody who walks along a border from entering and leaving at every step.
 */
export function watchedCells(
  x: Metres,
  z: Metres,
  before: ReadonlySet<number>,
  reach: Metres,
  keep: Metres,
): Set<number> {
  const cells = new Set<number>();
  for (let column = index(x - reach); column <= index(x + reach); column++)
    for (let row = index(z - reach); row <= index(z + reach); row++) {
      const key = (column << 8) | row;
      if (distanceToCell(x, z, key) <= reach) cells.add(key);
    }
  for (const key of before) if (distanceToCell(x, z, key) <= keep) cells.add(key);
  return cells;
}
