import type { Effect } from '../world/types.ts';
import { takeIn, tendKnocks } from './circle-door.ts';
import { chooseIds, writeCircles } from './circle-ids.ts';
import { findGroups } from './group-components.ts';
import { type GroupWorld, indexOf } from './group-index.ts';
import { type Dirty, updateLinks } from './group-links.ts';
import { endSurplus } from './group-surplus.ts';

/**
 * [GP] Who stands together, decided anew where somebody moved. Writes each person's `circle`, adds them to `changed`, and
 * adds circles that began, ended or changed their lock to `grouping.changedCircles`.
 */
export function groupByProximity(world: GroupWorld, effects: Effect[]): void {
  const { grouping } = world;
  const index = indexOf(world);
  const dirty: Dirty = { circles: new Set(grouping.touched), ties: [] };
  grouping.touched.clear();
  updateLinks(world, index, dirty);
  takeIn(world, index, dirty);
  if (dirty.circles.size > 0 || dirty.ties.length > 0) {
    const groups = findGroups(grouping, index, dirty);
    writeCircles(grouping, groups, chooseIds(grouping, groups), dirty.circles);
    for (const { members } of groups)
      for (const { id, circle } of members) {
        const person = world.people.get(id);
        if (!person || person.circle === circle) continue;
        person.circle = circle;
        world.changed.add(id);
      }
    endSurplus(world, index, groups, dirty);
  }
  tendKnocks(world, effects);
}
