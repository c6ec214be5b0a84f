import { describe, expect, it } from 'vitest';
import { seededRandom } from '../testing/circle-life.ts';
import { GroupGrid } from './group-grid.ts';

interface Spot {
  id: number;
  row: number;
  x: number;
  z: number;
}

describe('the grid', () => {
  it('finds everyone within a radius, and nobody else, while people come, move and go', () => {
    const random = seededRandom(11);
    const grid = new GroupGrid<Spot>();
    const spots: Spot[] = [];
    // About the origin, where signs change, and a kilometre apart, where square numbers repeat.
    const somewhere = () => (random() - 0.5) * 40 + (random() < 0.2 ? 1024 : 0);
    const put = (spot: Spot) => {
      Object.assign(spot, { x: somewhere(), z: somewhere() });
      grid.put(spot.row, spot.x, spot.z);
    };
    for (let round = 0; round < 3000; round++) {
      const spot = spots[Math.floor(random() * spots.length)];
      if (random() < 0.45 || !spot) {
        const fresh: Spot = { id: round, row: 0, x: 0, z: 0 };
        fresh.row = grid.add(fresh);
        spots.push(fresh);
        put(fresh);
      } else if (random() < 0.5) put(spot);
      else grid.remove(spots.splice(spots.indexOf(spot), 1)[0]?.row ?? -1);
      const asker = spots[Math.floor(random() * spots.length)];
      if (!asker) continue;
      const found: Spot[] = [];
      grid.find(asker.row, 3, found);
      const near = spots.filter((s) => s !== asker && Math.hypot(s.x - asker.x, s.z - asker.z) <= 3);
      const others = found.filter((s) => s !== asker).map((s) => s.id);
      expect(others.sort((a, b) => a - b)).toEqual(near.map((s) => s.id).sort((a, b) => a - b));
    }
    expect(spots.length).toBeGreaterThan(64);
  });

  it('finds nobody where somebody was taken away', () => {
    const grid = new GroupGrid<string>();
    const rows = ['Ada', 'Lin', 'Mei'].map((name) => grid.add(name));
    for (const row of rows) grid.put(row, 1, 1);
    grid.remove(rows[1] ?? -1);
    const found: string[] = [];
    grid.find(rows[0] ?? -1, 2, found);
    expect(found.sort()).toEqual(['Ada', 'Mei']);
  });
});
