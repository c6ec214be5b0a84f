import type { Metres, WorldMap, WorldZone } from '@chatmux/schema';

/** How far outside a zone's edge somebody who was inside still counts as inside: nobody flickers in a doorway. */
export const ZONE_KEEP_METRES = 0.4;

/** The zones a person stands in, one of a kind: indexes into the map's zones, −1 for none. */
export interface ZonesHere {
  readonly room: number;
  readonly hall: number;
  readonly stage: number;
  readonly quiet: number;
  readonly portal: number;
}

export const NOWHERE: ZonesHere = Object.freeze({ room: -1, hall: -1, stage: -1, quiet: -1, portal: -1 });

/** The zones of a world, prepared for quick look-ups. Made once from a world map, never changed. */
export interface ZoneMap {
  readonly zones: readonly WorldZone[];
  /** For each zone of `zones`: the hall or room that hears it if it is a stage, −1 for any other. */
  readonly hallOf: readonly number[];
  /** Zones in reach by grid square, in the order of the file. */
  readonly squares: ReadonlyMap<number, readonly Area[]>;
}

interface Area {
  readonly index: number;
  readonly kind: WorldZone['kind'];
  readonly round: boolean;
  readonly x: Metres;
  readonly z: Metres;
  /** The radius, where it is round. */
  readonly halfWidth: Metres;
  readonly halfDepth: Metres;
  readonly sin: number;
  readonly cos: number;
}

const SQUARE_METRES = 8;
const squareOf = (v: Metres) => Math.floor(v / SQUARE_METRES);
const squareKey = (column: number, row: number) => (column + 4096) * 8192 + (row + 4096);

function areaOf(zone: WorldZone, index: number): Area {
  const turn = (zone.turn * Math.PI) / 180;
  return {
    index,
    kind: zone.kind,
    round: zone.shape === 'circle',
    x: zone.x,
    z: zone.z,
    halfWidth: zone.width / 2,
    halfDepth: zone.depth / 2,
    sin: Math.sin(turn),
    cos: Math.cos(turn),
  };
}

/** Prepares the zones of a world. A stage whose hall doesn't exist has none; the schema refuses such maps. */
export function buildZoneMap({ zones }: Pick<WorldMap, 'zones'>): ZoneMap {
  const hallOf = zones.map((zone) =>
    zone.kind === 'stage'
      ? zones.findIndex(({ id, kind }) => id === zone.hall && (kind === 'hall' || kind === 'room'))
      : -1,
  );
  const squares = new Map<number, Area[]>();
  zones.forEach((zone, index) => {
    const area = areaOf(zone, index);
    const reach =
      (area.round ? area.halfWidth : Math.hypot(area.halfWidth, area.halfDepth)) + ZONE_KEEP_METRES;
    for (let column = squareOf(area.x - reach); column <= squareOf(area.x + reach); column++)
      for (let row = squareOf(area.z - reach); row <= squareOf(area.z + reach); row++) {
        const key = squareKey(column, row);
        const square = squares.get(key);
        if (square) square.push(area);
        else squares.set(key, [area]);
      }
  });
  return { zones, hallOf, squares };
}

/** Distance from a point to an area, 0 inside. Boxes turn as in `collision.ts`. */
function distanceOutside(area: Area, x: Metres, z: Metres): Metres {
  const dx = x - area.x;
  const dz = z - area.z;
  if (area.round) return Math.max(0, Math.sqrt(dx * dx + dz * dz) - area.halfWidth);
  const u = Math.max(0, Math.abs(dx * area.cos - dz * area.sin) - area.halfWidth);
  const v = Math.max(0, Math.abs(dx * area.sin + dz * area.cos) - area.halfDepth);
  return Math.sqrt(u * u + v * v);
}

/**
 * The zones somebody stands in at (x, z). A zone they were in `before` is kept until ZONE_KEEP_METRES outside its edge,
 * even where another of its kind begins; otherwise the first of the file counts. Answers `before` itself when nothing
 * changed, without allocating.
 */
export function zonesAt({ squares }: ZoneMap, x: Metres, z: Metres, before: ZonesHere): ZonesHere {
  const areas = squares.size > 0 ? squares.get(squareKey(squareOf(x), squareOf(z))) : undefined;
  let room = -1;
  let hall = -1;
  let stage = -1;
  let quiet = -1;
  let portal = -1;
  if (areas)
    for (const area of areas) {
      const { index, kind } = area;
      const kept = before[kind] === index;
      if (distanceOutside(area, x, z) > (kept ? ZONE_KEEP_METRES : 0)) continue;
      if (kind === 'room') room = kept || room < 0 ? index : room;
      else if (kind === 'hall') hall = kept || hall < 0 ? index : hall;
      else if (kind === 'stage') stage = kept || stage < 0 ? index : stage;
      else if (kind === 'quiet') quiet = kept || quiet < 0 ? index : quiet;
      else portal = kept || portal < 0 ? index : portal;
    }
  const same =
    room === before.room &&
    hall === before.hall &&
    stage === before.stage &&
    quiet === before.quiet &&
    portal === before.portal;
  if (same) return before;
  return areas ? { room, hall, stage, quiet, portal } : NOWHERE;
}
