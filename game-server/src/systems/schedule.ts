import type { Command, Effect, World } from '../world/types.ts';
import { applyCommands } from './apply-commands.ts';
import { closeOff } from './close-off.ts';
import { enterZones } from './enter-zones.ts';
import { groupByProximity } from './group-by-proximity.ts';
import { indexSpace } from './index-space.ts';
import { movePlayers } from './move-players.ts';
import { planMedia } from './plan-media.ts';
import { projectPoses } from './project-poses.ts';

/** One tick of the world: the order of its systems, top to bottom. */
export function runTick(world: World, commands: readonly Command[]): Effect[] {
  const effects: Effect[] = [];
  world.tick += 1;
  applyCommands(world, commands, effects);
  movePlayers(world);
  enterZones(world, effects);
  indexSpace(world);
  groupByProximity(world, effects);
  closeOff(world);
  planMedia(world, effects);
  projectPoses(world, effects);
  return effects;
}
