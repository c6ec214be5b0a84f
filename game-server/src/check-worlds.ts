import { buildCollisionMap, buildZoneMap, isFree, NOWHERE, zonesAt } from '@chatmux/engine';
import type { WorldMap, WorldZone } from '@chatmux/schema';

/** Points of the spawn circle's rim that are looked at. */
const RIM_POINTS = 16;

/**
 * What is wrong with worlds that are well-formed one by one: portals that lead nowhere, places where nobody fits.
 * @param worlds by id
 * @param unread ids of worlds whose files have faults of their own: portals may lead there
 * @returns a line for each fault: file, path inside it, what is wrong
 */
export function faultsBetween(worlds: ReadonlyMap<string, WorldMap>, unread: ReadonlySet<string>): string[] {
  return [...worlds.values()].flatMap((map) => {
    const faults: string[] = [];
    const say = (path: string, fault: string) => faults.push(`${map.id}.json: ${path}: ${fault}`);
    checkSpawn(map, say);
    map.zones.forEach((zone, index) => {
      if (!isWithin(zone, map.bounds)) say(`zones.${index}`, `“${zone.name}” reaches beyond the bounds`);
      if (zone.kind !== 'portal') return;
      checkTarget(zone, map, worlds, unread, (path, fault) => say(`zones.${index}.to.${path}`, fault));
      checkArrival(zone, map, (fault) => say(`zones.${index}.arrive`, fault));
    });
    return faults;
  });
}

type Portal = Extract<WorldZone, { kind: 'portal' }>;

function checkSpawn(map: WorldMap, say: (path: string, fault: string) => void): void {
  const { x, z, radius } = map.spawn;
  if (!isFree(buildCollisionMap(map), x, z))
    say('spawn', `nobody fits at ${x}, ${z}: something stands there, or it is out of bounds`);
  const zones = buildZoneMap(map);
  const rim = Array.from({ length: RIM_POINTS }, (_, i) => (i / RIM_POINTS) * Math.PI * 2);
  const inPortal = [
    { x, z },
    ...rim.map((a) => ({ x: x + Math.sin(a) * radius, z: z + Math.cos(a) * radius })),
  ]
    .map((at) => zonesAt(zones, at.x, at.z, NOWHERE).portal)
    .find((portal) => portal >= 0);
  if (inPortal !== undefined)
    say('spawn', `who arrives would stand in the portal “${map.zones[inPortal]?.id}” at once`);
}

function checkTarget(
  { id, to }: Portal,
  map: WorldMap,
  worlds: ReadonlyMap<string, WorldMap>,
  unread: ReadonlySet<string>,
  say: (path: string, fault: string) => void,
): void {
  if (unread.has(to.world)) return;
  const target = worlds.get(to.world);
  if (!target) say('world', `there is no world “${to.world}”`);
  if (!target || to.portal === undefined) return;
  const gate = target.zones.find((zone) => zone.id === to.portal);
  if (!gate) say('portal', `“${to.world}” has no portal “${to.portal}”`);
  else if (gate.kind !== 'portal')
    say('portal', `“${to.portal}” of “${to.world}” is a ${gate.kind}, not a portal`);
  else if (target === map && to.portal === id) say('portal', 'it leads to itself');
}

function checkArrival({ arrive }: Portal, map: WorldMap, say: (fault: string) => void): void {
  const { x, z } = arrive;
  const { bounds } = map;
  if (x < bounds.minX || x > bounds.maxX || z < bounds.minZ || z > bounds.maxZ)
    say(`${x}, ${z} is out of bounds`);
  else if (!isFree(buildCollisionMap(map), x, z)) say(`nobody fits at ${x}, ${z}: something stands there`);
  const portal = zonesAt(buildZoneMap(map), x, z, NOWHERE).portal;
  if (portal >= 0)
    say(`${x}, ${z} lies in the portal “${map.zones[portal]?.id}”: who arrives would leave again`);
}

function isWithin(zone: WorldZone, bounds: WorldMap['bounds']): boolean {
  const turn = (zone.turn * Math.PI) / 180;
  const [sin, cos] = [Math.abs(Math.sin(turn)), Math.abs(Math.cos(turn))];
  const [halfWidth, halfDepth] = [zone.width / 2, zone.depth / 2];
  const round = zone.shape === 'circle';
  const reachX = round ? halfWidth : halfWidth * cos + halfDepth * sin;
  const reachZ = round ? halfWidth : halfWidth * sin + halfDepth * cos;
  // A quarter turn leaves a rest of the last bit.
  const rest = 1e-9;
  return (
    zone.x - reachX >= bounds.minX - rest &&
    zone.x + reachX <= bounds.maxX + rest &&
    zone.z - reachZ >= bounds.minZ - rest &&
    zone.z + reachZ <= bounds.maxZ + rest
  );
}
