import { zonesAt } from '@chatmux/engine';
import type { WorldZone } from '@chatmux/schema';
import { placeMover } from '../world/mover.ts';
import type { Effect, PersonState, World } from '../world/types.ts';

type Portal = Extract<WorldZone, { kind: 'portal' }>;

/** [EZ] Notes which zones everyone stands in; who steps into a portal is sent on. */
export function enterZones(world: World, effects: Effect[]): void {
  const { zones } = world;
  if (zones.zones.length === 0) return;
  for (const person of world.people.values()) {
    const { x, z } = person.mover.shown;
    const before = person.zones;
    person.zones = zonesAt(zones, x, z, before);
    if (person.zones.portal < 0 || person.zones.portal === before.portal || !person.here) continue;
    const portal = zones.zones[person.zones.portal];
    if (portal?.kind === 'portal') stepInto(world, person, portal, effects);
  }
}

function stepInto(world: World, person: PersonState, { to }: Portal, effects: Effect[]): void {
  if (to.world !== world.map.id) {
    effects.push({ type: 'travel', to: person.id, message: { world: to.world, portal: to.portal } });
    return;
  }
  const target = world.zones.zones.find((zone) => zone.kind === 'portal' && zone.id === to.portal);
  const { x, z, turn } = target?.kind === 'portal' ? target.arrive : world.map.spawn;
  placeMover(person.mover, { x, z, yaw: (turn * Math.PI) / 180 });
  person.zones = zonesAt(world.zones, x, z, person.zones);
}
