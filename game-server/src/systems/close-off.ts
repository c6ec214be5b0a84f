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
  giveMegaphones(world);
}

/** At most so many are heard by the whole world at once. */
const MAX_MEGAPHONES = 4;

/** [ES6] Whose microphone is on comes first, then who had it before, then the lowest id. */
function giveMegaphones(world: World): void {
  const { zones, people } = world;
  if (!zones.zones.some((zone) => zone.kind === 'stage' && zone.megaphone)) return;
  const asking: PersonState[] = [];
  for (const person of people.values()) {
    const stage = zones.zones[person.zones.stage];
    if (stage?.kind === 'stage' && stage.megaphone && person.here && !person.busy) asking.push(person);
    else give(world, person, false);
  }
  asking.sort(
    (a, b) => Number(b.mic) - Number(a.mic) || Number(b.megaphone) - Number(a.megaphone) || a.id - b.id,
  );
  asking.forEach((person, index) => {
    give(world, person, index < MAX_MEGAPHONES);
  });
}

/** Whoever loses it is heard through no wall from this tick on. */
function give(world: World, person: PersonState, has: boolean): void {
  if (person.megaphone === has) return;
  person.megaphone = has;
  markStale(world, person);
}

function enclosureOf({ grouping }: World, { zones, circle }: PersonState): string {
  const locked = circle > 0 && (grouping.circles.get(circle)?.locked ?? false);
  if (!locked) return zones.room < 0 ? '' : (ROOMS[zones.room] ?? String(zones.room));
  return `${zones.room}/${circle}`;
}

/** Words made once: this is asked for everyone, each tick. */
const ROOMS = Array.from({ length: 500 }, (_, room) => String(room));
