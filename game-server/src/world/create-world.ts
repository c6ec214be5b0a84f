import { buildCollisionMap, resolve } from '@chatmux/engine';
import type { WorldMap } from '@chatmux/schema';
import type { Place, World } from './types.ts';

export function createWorld(map: WorldMap): World {
  return {
    tick: 0,
    map,
    collision: buildCollisionMap(map),
    people: new Map(),
    cells: new Map(),
    gone: new Map(),
    told: new Map(),
  };
}

/** Turn between two people who arrive one after the other, in radians: the golden angle spreads any number evenly. */
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

/** Where the nth person arrives: where they were when they left this world, or at its spawn. */
export function arrivalPlace(
  world: World,
  left: (Place & { worldId: string }) | undefined,
  nth: number,
): Place {
  if (left?.worldId !== world.map.id) return spawnPlace(world, nth);
  return { ...resolve(world.collision, left.x, left.z), yaw: left.yaw };
}

/** At the spawn: spread over the spawn circle, on free ground. */
function spawnPlace(world: World, nth: number): Place {
  const { spawn } = world.map;
  const distance = spawn.radius * Math.sqrt(((nth * 7) % 16) / 16);
  const angle = nth * GOLDEN_ANGLE;
  const at = resolve(
    world.collision,
    spawn.x + Math.sin(angle) * distance,
    spawn.z + Math.cos(angle) * distance,
  );
  return { ...at, yaw: (spawn.turn * Math.PI) / 180 };
}
