import { buildZoneMap, NOWHERE, zonesAt } from '@chatmux/engine';
import type { WorldZone } from '@chatmux/schema';
import { describe, expect, it } from 'vitest';
import { edgeRuns, nameLine } from './zone-edges.ts';

const box: WorldZone = {
  kind: 'quiet',
  id: 'box',
  name: 'Box',
  shape: 'box',
  x: 5,
  z: -3,
  turn: 30,
  width: 6,
  depth: 2,
};
const circle: WorldZone = { ...box, id: 'circle', shape: 'circle', depth: 6 };

describe.each([box, circle])('the marked edge of a $shape', (zone) => {
  const zones = buildZoneMap({ zones: [zone] });
  const isIn = ({ x, z }: { x: number; z: number }) => zonesAt(zones, x, z, NOWHERE).quiet === 0;

  it('lies where the rules change: just inside it one is in, just outside one is out', () => {
    for (const run of edgeRuns(zone, 0.01, 0.3)) for (const point of run) expect(isIn(point)).toBe(true);
    for (const run of edgeRuns(zone, -0.01, 0.3)) for (const point of run) expect(isIn(point)).toBe(false);
  });

  it('has no gap wider than asked, and turns counter-clockwise', () => {
    const runs = edgeRuns(zone, 0, 0.3);
    let area = 0;
    for (const run of runs)
      run.forEach((point, i) => {
        const next = run[i + 1];
        if (!next) return;
        expect(Math.hypot(next.x - point.x, next.z - point.z)).toBeLessThanOrEqual(0.3001);
        area += (point.z - zone.z) * (next.x - zone.x) - (point.x - zone.x) * (next.z - zone.z);
      });
    expect(area / 2).toBeCloseTo(zone.shape === 'box' ? 12 : Math.PI * 9, 0);
    expect(runs.at(-1)?.at(-1)?.x).toBeCloseTo(runs[0]?.[0]?.x ?? Number.NaN);
  });

  it('has its name before the front, outside, from left to right for who looks in', () => {
    const line = nameLine(zone, 0.3, 3, 12);
    const angle = (zone.turn * Math.PI) / 180;
    const front = { x: Math.sin(angle), z: Math.cos(angle) };
    for (const point of line) {
      expect(isIn(point)).toBe(false);
      expect((point.x - zone.x) * front.x + (point.z - zone.z) * front.z).toBeGreaterThan(0);
    }
    const [first, last] = [line[0], line.at(-1)];
    if (!first || !last) throw new Error('a line has points');
    // Who looks along −front has (cos, −sin) at their right hand.
    expect((last.x - first.x) * Math.cos(angle) - (last.z - first.z) * Math.sin(angle)).toBeGreaterThan(2.5);
  });
});
