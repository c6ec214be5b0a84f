import type { Metres } from '@chatmux/schema';

/** A distance with two edges: entered at the first, left at the second, so that nothing flaps at an edge. */
export interface Band {
  enter: Metres;
  leave: Metres;
}

/** Nested bands in which somebody's sound and picture are made ready, heard, and seen; and in which screens are shown. */
export const PREPARE: Band = { enter: 22, leave: 26 };
export const HEAR: Band = { enter: 16, leave: 17 };
export const SEE: Band = { enter: 12, leave: 13.5 };
export const SHOW: Band = { enter: 16, leave: 18 };
