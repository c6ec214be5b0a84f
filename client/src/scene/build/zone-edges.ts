import type { WorldZone } from '@chatmux/schema';

/** A point on the ground. */
export interface EdgePoint {
  readonly x: number;
  readonly z: number;
}

type Area = Pick<WorldZone, 'shape' | 'x' | 'z' | 'turn' | 'width' | 'depth'>;

/**
 * The edge of a zone as runs of points at most `step` metres apart: one closed run for a circle, one for each side of a
 * box, counter-clockwise seen from above with z pointing down the page.
 * @param inset metres inwards from the edge; negative for outside
 */
export function edgeRuns(zone: Area, inset: number, step: number): EdgePoint[][] {
  const put = placer(zone);
  if (zone.shape === 'circle') {
    const radius = Math.max(0.05, zone.width / 2 - inset);
    const count = Math.max(24, Math.ceil((radius * Math.PI * 2) / step));
    return [
      Array.from({ length: count + 1 }, (_, i) => {
        const angle = (i / count) * Math.PI * 2;
        return put(Math.sin(angle) * radius, Math.cos(angle) * radius);
      }),
    ];
  }
  const halfWidth = Math.max(0.05, zone.width / 2 - inset);
  const halfDepth = Math.max(0.05, zone.depth / 2 - inset);
  const corners = [
    [-halfWidth, -halfDepth],
    [-halfWidth, halfDepth],
    [halfWidth, halfDepth],
    [halfWidth, -halfDepth],
  ] as const;
  return corners.map(([u, v], i) => {
    const [toU, toV] = corners[(i + 1) % 4] ?? corners[0];
    // As many pieces whatever the inset, so that two runs of one side match point by point.
    const count = Math.max(1, Math.ceil(Math.max(i % 2 ? zone.width : zone.depth, step) / step));
    return Array.from({ length: count + 1 }, (_, k) => {
      const part = k / count;
      return put(u + (toU - u) * part, v + (toV - v) * part);
    });
  });
}

/**
 * Where a zone's name is written: points along a line before its front, from the reader's left to their right as they
 * look at the zone; a straight line before a box, an arc around a circle.
 * @param away metres outside the edge
 * @param length of the words in metres
 */
export function nameLine(zone: Area, away: number, length: number, pieces: number): EdgePoint[] {
  const put = placer(zone);
  const points: EdgePoint[] = [];
  for (let i = 0; i <= pieces; i++) {
    const along = (i / pieces - 0.5) * length;
    if (zone.shape === 'circle') {
      const radius = zone.width / 2 + away;
      // Words keep their length where they are nearest to the circle: on its edge.
      const angle = along / Math.max(0.5, zone.width / 2 + Math.min(away, 0.3));
      points.push(put(Math.sin(angle) * radius, Math.cos(angle) * radius));
    } else points.push(put(along, zone.depth / 2 + away));
  }
  return points;
}

/** From a zone's own axes to the world: a turn carries its own +z to (sin, cos). */
function placer({ x, z, turn }: Area): (u: number, v: number) => EdgePoint {
  const angle = (turn * Math.PI) / 180;
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  return (u, v) => ({ x: x + u * cos + v * sin, z: z - u * sin + v * cos });
}
