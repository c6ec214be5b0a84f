import type { Metres, PersonId, Radians } from '@chatmux/schema';

/** Size of a screen in the world. */
export const SCREEN_WIDTH: Metres = 2.6;
export const SCREEN_HEIGHT: Metres = (SCREEN_WIDTH * 9) / 16;

/** Who stands this near counts among those who look. */
const VIEWERS_WITHIN: Metres = 9;
/** A screen stays until its owner has walked this far, or those who look stand elsewhere by this angle. */
const KEEP_METRES: Metres = 1.2;
const KEEP_ANGLE: Radians = Math.PI / 4;
/** Two screens are at least this far apart, middle to middle, where there is room. */
const APART: Metres = SCREEN_WIDTH * 0.95;
/** Where a screen may stand, seen from its owner towards those who look: to the side, and back. The first that fits. */
const SPOTS: readonly { side: Metres; back: Metres }[] = [
  { side: 1.75, back: 0.5 },
  { side: -1.75, back: 0.5 },
  { side: 0, back: 1.6 },
  { side: 2.4, back: 2.2 },
  { side: -2.4, back: 2.2 },
  { side: 0, back: 3.4 },
];

interface Place {
  x: Metres;
  z: Metres;
}

/** A screen that stands in the world. */
export interface StandingScreen extends Place {
  /** Where it looks: 0 is +z, a quarter turn +x. */
  yaw: Radians;
  /** Where its owner stood when it was put up. */
  ownerX: Metres;
  ownerZ: Metres;
}

/**
 * Puts up a screen beside each person who shares one, looking at those who stand around them. What stands stays while it
 * is still right, so that nothing turns with every step.
 * @param owners who shares, and where they stand
 * @param people everyone in sight, owners and ourselves included
 */
export function placeScreens(
  owners: ReadonlyMap<PersonId, Place>,
  people: ReadonlyMap<PersonId, Place>,
  before: ReadonlyMap<PersonId, StandingScreen>,
): Map<PersonId, StandingScreen> {
  const standing = new Map<PersonId, StandingScreen>();
  const isFree = ({ x, z }: Place) =>
    [...standing.values()].every((other) => Math.hypot(other.x - x, other.z - z) >= APART);
  for (const id of [...owners.keys()].sort((a, b) => a - b)) {
    const owner = owners.get(id);
    if (!owner) continue;
    const old = before.get(id);
    const yaw = facing(id, owner, people) ?? old?.yaw ?? 0;
    if (old && isStillRight(old, owner, yaw) && isFree(old)) {
      standing.set(id, old);
      continue;
    }
    const spots = SPOTS.map((spot) => put(owner, yaw, spot));
    const chosen = spots.find(isFree) ?? spots[0];
    if (chosen) standing.set(id, chosen);
  }
  return standing;
}

/** Where those who look stand, seen from the owner; undefined where there is nobody. */
function facing(id: PersonId, owner: Place, people: ReadonlyMap<PersonId, Place>): Radians | undefined {
  let [sumX, sumZ] = [0, 0];
  let nearest: { x: Metres; z: Metres; metres: Metres } | undefined;
  for (const [other, { x, z }] of people) {
    const [dx, dz] = [x - owner.x, z - owner.z];
    const metres = Math.hypot(dx, dz);
    if (other === id || metres > VIEWERS_WITHIN || metres < 0.05) continue;
    sumX += dx / metres;
    sumZ += dz / metres;
    if (!nearest || metres < nearest.metres) nearest = { x: dx, z: dz, metres };
  }
  if (!nearest) return undefined;
  // They stand all around: the nearest sees it best.
  if (Math.hypot(sumX, sumZ) < 0.3) return Math.atan2(nearest.x, nearest.z);
  return Math.atan2(sumX, sumZ);
}

function isStillRight(old: StandingScreen, owner: Place, yaw: Radians): boolean {
  const turned = Math.abs(Math.atan2(Math.sin(yaw - old.yaw), Math.cos(yaw - old.yaw)));
  return turned < KEEP_ANGLE && Math.hypot(owner.x - old.ownerX, owner.z - old.ownerZ) < KEEP_METRES;
}

function put(owner: Place, yaw: Radians, { side, back }: { side: Metres; back: Metres }): StandingScreen {
  const [sin, cos] = [Math.sin(yaw), Math.cos(yaw)];
  return {
    x: owner.x + cos * side - sin * back,
    z: owner.z - sin * side - cos * back,
    yaw,
    ownerX: owner.x,
    ownerZ: owner.z,
  };
}
