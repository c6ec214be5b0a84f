import { POSE_GRAIN, type WorldMap } from '@chatmux/schema';
import type { Area } from '../../bots/random-walk.ts';

/** Ground for each person, in square metres: about a dozen others are then within 40 m. */
const GROUND = 400;
/** What 16 bits of grains reach. */
export const REACH = 32768 * POSE_GRAIN;

/** Square around the middle on which so many people stand at the benches' density. */
export function areaFor(people: number): Area {
  const half = Math.sqrt(people * GROUND) / 2;
  return { minX: -half, maxX: half, minZ: -half, maxZ: half };
}

/** An empty field, a little larger than what bots walk on: they turn back by themselves. */
export function fieldFor(area: Area): WorldMap {
  const room = 2;
  return {
    format: 1,
    id: 'bench-field',
    name: 'Bench field',
    bounds: {
      minX: area.minX - room,
      maxX: area.maxX + room,
      minZ: area.minZ - room,
      maxZ: area.maxZ + room,
    },
    spawn: { x: 0, z: 0, radius: 2, turn: 0 },
    grounds: [],
    things: [],
    zones: [],
  };
}
