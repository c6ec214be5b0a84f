import { buildCollisionMap, buildZoneMap, NOWHERE, resolve, zonesAt } from '@chatmux/engine';
import type { WorldMap } from '@chatmux/schema';
import { createGrouping } from './grouping.ts';
import { createPoseTable } from './pose-table.ts';
import type { Place, World } from './types.ts';

export function createWorld(map: WorldMap): World {
  return {
    tick: 0,
    map,
    collision: buildCollisionMap(map),
    zones: buildZoneMap(map),
    people: new Map(),
    bySlot: [],
    poses: createPoseTable(),
    grouping: createGrouping(),
    changed: new Set(),
  };
}

/** Turn between two people who arrive one after the other, in radians: the golden angle spreads any number evenly. */
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));
/** How far from a portal's place people arrive at most, in metres, so that they don't stand in one another. */
const PORTAL_SPREAD = 1;

/**
 * Where the nth person arrives: by the portal of this world they came through, where they were when they left this world,
 * or at its spawn. A portal that this world doesn't have counts as none. Who left in a portal stands before it, so that it
 * doesn't take them away at once.
 */
export function arrivalPlace(
  world: Pick<World, 'map' | 'collision' | 'zones'>,
  left: (Place & { worldId: string }) | undefined,
  nth: number,
  portal?: string,
): Place {
  const { zones, map, collision } = world;
  const isHere = left?.worldId === map.id;
  const within = isHere ? zones.zones[zonesAt(zones, left.x, left.z, NOWHERE).portal] : undefined;
  const by = map.zones.find((zone) => zone.kind === 'portal' && zone.id === portal) ?? within;
  if (by?.kind === 'portal') return spread(collision, { ...by.arrive, radius: PORTAL_SPREAD }, nth);
  if (!isHere) return spread(collision, map.spawn, nth);
  return { ...resolve(collision, left.x, left.z), yaw: left.yaw };
}

/** One of many places in a circle, on free ground; `turn` in degrees. */
function spread(
  collision: World['collision'],
  around: { x: number; z: number; turn: number; radius: number },
  nth: number,
): Place {
  const distance = around.radius * Math.sqrt(((nth * 7) % 16) / 16);
  const angle = nth * GOLDEN_ANGLE;
  const at = resolve(collision, around.x + Math.sin(angle) * distance, around.z + Math.cos(angle) * distance);
  return { ...at, yaw: (around.turn * Math.PI) / 180 };
}
