import { markStale } from '../world/person.ts';
import type { PersonState, World } from '../world/types.ts';

/** [CO] Notes what closes everyone off: walls and locked circles hold in the tick in which somebody passes them. */
export function closeOff(world: World): void {
  for (const person of world.people.values()) {
    const enclosure = enclosureOf(world, person);
    if (enclosure === person.enclosure) continue;
    person.enclosure = enclosure;
    markStale(world, person);
  }
}

function enclosureOf({ grouping }: World, { zones, circle }: PersonState): string {
  const locked = circle > 0 && (grouping.circles.get(circle)?.locked ?? false);
  if (!locked) return zones.room < 0 ? '' : (ROOMS[zones.room] ?? String(zones.room));
  return `${zones.room}/${circle}`;
}

/** Words made once: this is asked for everyone, each tick. */
const ROOMS = Array.from({ length: 500 }, (_, room) => String(room));
