import { NOWHERE, type ZoneMap, type ZonesHere, zonesAt } from '@chatmux/engine';
import type { Metres, PersonId } from '@chatmux/schema';
import { circleMembers } from '../store/circle-members.ts';
import type { AppState, ZoneView } from '../store/types.ts';

/** One stands before a circle from this near to one of its people, in metres: less than a knock may reach. */
const AHEAD_METRES = 5;
/** Where zones overlap, the first of these says most about voices. */
const TELLING = ['stage', 'room', 'quiet', 'hall', 'portal'] as const;

interface Place {
  x: Metres;
  z: Metres;
}

/** What a place means to whoever stands there: looked up a few times a second. */
export class WhereWeAre {
  private readonly zones: ZoneMap;
  private here: ZonesHere = NOWHERE;

  constructor(zones: ZoneMap) {
    this.zones = zones;
  }

  /** The zone that says most about voices at a place; the same object while it stays the same. */
  zone({ x, z }: Place): ZoneView | undefined {
    this.here = zonesAt(this.zones, x, z, this.here);
    for (const kind of TELLING) {
      const zone = this.zones.zones[this.here[kind]];
      if (zone) return zone;
    }
    return undefined;
  }
}

/** The nearest locked circle that somebody outside of it stands before; 0 for none. */
export function circleAhead(
  me: Place,
  { people, circles, me: id }: Pick<AppState, 'people' | 'circles' | 'me'>,
  placeOf: (id: PersonId) => Place | undefined,
): number {
  if (!Object.values(circles).some(({ locked }) => locked)) return 0;
  const mine = id === undefined ? 0 : (people[id]?.circle ?? 0);
  let nearest = AHEAD_METRES;
  let ahead = 0;
  for (const [circle, members] of circleMembers(people)) {
    if (circle === mine || !circles[circle]?.locked) continue;
    for (const member of members) {
      const place = placeOf(member.id);
      const away = place ? Math.hypot(place.x - me.x, place.z - me.z) : Number.POSITIVE_INFINITY;
      if (away >= nearest) continue;
      nearest = away;
      ahead = circle;
    }
  }
  return ahead;
}
