import { CELL_METRES, POSE_GRAIN } from '@chatmux/schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cellCentre,
  cellOf,
  cellOfGrains,
  cellsWithin,
  grainsOutside,
  RIM,
  RINGS,
  ringLog,
} from './cells.ts';

const grains = fc.integer({ min: -32768, max: 32767 });
const everyOffset = RINGS.flatMap(({ offsets }) => offsets);

describe('cells', () => {
  it('hold the points of their square', () => {
    expect(cellOf(0, 0)).toBe(cellOf(CELL_METRES - POSE_GRAIN, CELL_METRES - POSE_GRAIN));
    expect(cellOf(0, 0)).not.toBe(cellOf(-POSE_GRAIN, 0));
    expect(cellOf(0, 0)).not.toBe(cellOf(0, CELL_METRES));
  });
  it('are the same for a place in grains and as it is decoded', () => {
    fc.assert(
      fc.property(grains, grains, (gx, gz) => {
        expect(cellOf(gx * POSE_GRAIN, gz * POSE_GRAIN)).toBe(cellOfGrains(gx, gz));
        expect(grainsOutside(gx, gz, cellOfGrains(gx, gz))).toBe(0);
      }),
    );
  });
  it('and those in reach of them never leave the grid', () => {
    fc.assert(
      fc.property(grains, grains, (gx, gz) => {
        for (const offset of everyOffset) {
          const cell = cellOfGrains(gx, gz) + offset;
          expect(cell).toBeGreaterThanOrEqual(0);
          expect(cell).toBeLessThan(65536);
          expect(ringLog(cellOfGrains(gx, gz), cell)).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('rings of interest', () => {
  const anchor = cellOf(0, 0);
  it('hold everyone within 34 m of anywhere in the anchor, and nobody beyond 58 m', () => {
    const spot = fc.double({ min: -60, max: 60, noNaN: true });
    const inside = fc.double({ min: 0, max: CELL_METRES - POSE_GRAIN, noNaN: true });
    fc.assert(
      fc.property(inside, inside, spot, spot, (x, z, toX, toZ) => {
        const distance = Math.hypot(toX - x, toZ - z);
        if (distance < 34) expect(ringLog(anchor, cellOf(toX, toZ))).toBeGreaterThanOrEqual(0);
        if (distance > 58) expect(ringLog(anchor, cellOf(toX, toZ))).toBe(-1);
      }),
    );
  });
  it('are told of the oftener the nearer', () => {
    expect(ringLog(anchor, anchor)).toBe(0);
    expect([8, 16, 24, 32, 36].map((x) => ringLog(anchor, cellOf(x, 0)))).toEqual([0, 1, 1, 2, 2]);
  });
  it('have a rim: whoever steps out of reach steps from there, unless they jump', () => {
    for (const offset of everyOffset)
      for (const step of [-257, -256, -255, -1, 1, 255, 256, 257])
        if (ringLog(anchor, anchor + offset + step) < 0) expect(RIM).toContain(offset);
    for (const offset of RIM) expect(ringLog(anchor, anchor + offset)).toBe(2);
  });
  it('and cells within a distance hold every place that near', () => {
    const offsets = new Set(cellsWithin(26));
    const at = fc.double({ min: -100, max: 100, noNaN: true });
    fc.assert(
      fc.property(at, at, at, at, (x, z, toX, toZ) => {
        if (Math.hypot(toX - x, toZ - z) > 25.9) return;
        expect(offsets.has(cellOf(toX, toZ) - cellOf(x, z))).toBe(true);
      }),
    );
    const { x, z } = cellCentre(cellOf(3, -3));
    expect([x, z]).toEqual([4, -4]);
  });
});
