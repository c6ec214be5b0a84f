import { CELL_METRES } from '@chatmux/schema';
import { describe, expect, it } from 'vitest';
import { cellKey, distanceToCell, watchedCells } from './cells.ts';

describe('cells', () => {
  it('hold the points of their square', () => {
    expect(cellKey(0, 0)).toBe(cellKey(CELL_METRES - 0.01, CELL_METRES - 0.01));
    expect(cellKey(0, 0)).not.toBe(cellKey(-0.01, 0));
    expect(cellKey(0, 0)).not.toBe(cellKey(0, CELL_METRES));
  });
  it('are never out of their 16 bits, however far the point', () => {
    for (const v of [-1e9, -4096, 4095, 1e9, Number.MAX_VALUE]) {
      expect(cellKey(v, v)).toBeGreaterThanOrEqual(0);
      expect(cellKey(v, v)).toBeLessThan(65536);
    }
  });
  it('are watched within reach, the own one always', () => {
    const cells = watchedCells(1, 1, new Set(), 40, 48);
    expect(cells.has(cellKey(1, 1))).toBe(true);
    for (const key of cells) expect(distanceToCell(1, 1, key)).toBeLessThanOrEqual(40);
  });
  it('do not flap for somebody who walks along a border', () => {
    let watched = watchedCells(-7, 0, new Set(), 40, 48);
    let changes = 0;
    for (let i = 0; i < 200; i++) {
      const next = watchedCells(-8 + Math.sin(i) * 2, 0, watched, 40, 48);
      if (next.size !== watched.size || [...next].some((key) => !watched.has(key))) changes += 1;
      watched = next;
    }
    expect(changes).toBeLessThanOrEqual(1);
  });
});
