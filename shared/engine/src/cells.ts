import { CELL_GRAINS, CELL_METRES, type Metres, POSE_GRAIN } from '@chatmux/schema';

/**
 * Interest cells: a square grid over the ground. A key holds column and row in a byte each, 128 in the middle. The cell
 * of a body is that of its place as it is told, in grains, so that both ends agree on it.
 */

const MIDDLE = 128;
const index = (grains: number) => Math.max(0, Math.min(255, Math.floor(grains / CELL_GRAINS) + MIDDLE));

/** Key of the cell that holds a place in grains. Places beyond the grid count to its outermost cells. */
export function cellOfGrains(gx: number, gz: number): number {
  return (index(gx) << 8) | index(gz);
}

/** Key of the cell of a place as it was decoded: a multiple of the grain. */
export function cellOf(x: number, z: number): number {
  return cellOfGrains(Math.round(x / POSE_GRAIN), Math.round(z / POSE_GRAIN));
}

/** Middle of a cell, in metres. */
export function cellCentre(key: number): { x: number; z: number } {
  const middle = (part: number) => (part - MIDDLE + 0.5) * CELL_METRES;
  return { x: middle(key >> 8), z: middle(key & 0xff) };
}

/** How far a place lies outside a cell, in grains, along the axis where it is furthest; 0 inside. */
export function grainsOutside(gx: number, gz: number, key: number): number {
  const minX = ((key >> 8) - MIDDLE) * CELL_GRAINS;
  const minZ = ((key & 0xff) - MIDDLE) * CELL_GRAINS;
  return Math.max(0, minX - gx, gx - (minX + CELL_GRAINS - 1), minZ - gz, gz - (minZ + CELL_GRAINS - 1));
}

/** Cells around one, by how often their poses are told: every tick, every second, every fourth. */
export interface Ring {
  /** Power of two of the ticks between two tellings. */
  readonly log: number;
  /** What to add to the anchor's key for each cell. No place that fits 16 bits of grains comes near the grid's edge. */
  readonly offsets: readonly number[];
}

/** Cells with a point within this many metres of the anchor's middle are told of. */
const REACH_METRES = 40;
/** Columns or rows from the anchor up to which cells belong to the two inner rings. */
const NEAR = 1;
const MIDDLE_RING = 3;
/** Furthest column or row within reach. */
const FAR = Math.ceil(REACH_METRES / CELL_METRES);
const SIDE = 2 * FAR + 1;

const columnOf = (i: number) => Math.floor(i / SIDE) - FAR;
const rowOf = (i: number) => (i % SIDE) - FAR;
const keyStep = (column: number, row: number) => column * 256 + row;

/** Rings by column and row: 3 × 3 cells each tick, 7 × 7 each second, the rest within reach each fourth. */
const LOGS = Int8Array.from({ length: SIDE * SIDE }, (_, i) => {
  const edge = (offset: number) => Math.max(0, Math.abs(offset) - 0.5) * CELL_METRES;
  if (Math.hypot(edge(columnOf(i)), edge(rowOf(i))) > REACH_METRES) return -1;
  const far = Math.max(Math.abs(columnOf(i)), Math.abs(rowOf(i)));
  return far <= NEAR ? 0 : far <= MIDDLE_RING ? 1 : 2;
});

/** Rings of interest, nearest first. */
export const RINGS: readonly Ring[] = [0, 1, 2].map((log) => {
  const offsets: number[] = [];
  LOGS.forEach((of, i) => {
    if (of === log) offsets.push(keyStep(columnOf(i), rowOf(i)));
  });
  return { log, offsets };
});

/** Cells within reach from which one step leads out of reach. All belong to the slowest ring. */
export const RIM: readonly number[] = [...LOGS.keys()]
  .filter((i) => {
    const logAt = (column: number, row: number) =>
      Math.max(Math.abs(column), Math.abs(row)) > FAR ? -1 : LOGS[(column + FAR) * SIDE + row + FAR];
    const steps = [-1, 0, 1].flatMap((c) => [-1, 0, 1].map((r) => logAt(columnOf(i) + c, rowOf(i) + r)));
    return LOGS[i] !== -1 && steps.includes(-1);
  })
  .map((i) => keyStep(columnOf(i), rowOf(i)));

/** What to add to a cell's key for every cell with a point within some metres of any of its own. */
export function cellsWithin(metres: Metres): number[] {
  const most = Math.ceil(metres / CELL_METRES);
  const gap = (offset: number) => Math.max(0, Math.abs(offset) - 1) * CELL_METRES;
  const offsets: number[] = [];
  for (let column = -most; column <= most; column++)
    for (let row = -most; row <= most; row++)
      if (Math.hypot(gap(column), gap(row)) <= metres) offsets.push(keyStep(column, row));
  return offsets;
}

/** How often a cell is told of from an anchor cell, as a power of two of ticks; −1 for never. */
export function ringLog(anchor: number, cell: number): number {
  const column = (cell >> 8) - (anchor >> 8) + FAR;
  const row = (cell & 0xff) - (anchor & 0xff) + FAR;
  if (column < 0 || column >= SIDE || row < 0 || row >= SIDE) return -1;
  return LOGS[column * SIDE + row] ?? -1;
}
