import type { PersonId } from '@chatmux/schema';
import type { Grouping } from '../world/grouping.ts';
import type { PersonState, World } from '../world/types.ts';
import { hashValue } from './hash-value.ts';

/*
 * What is left out of a world's state: what follows from the rest, and what only says who was told what. All else is
 * kept, new fields too; `dump-schema.ts` doesn't compile until it knows them.
 */
export type KeptPerson = Omit<PersonState, 'slot' | 'watcher'>;
type KeptGrouping = Omit<Grouping, 'changedCircles'>;
export type KeptWorld = Omit<
  World,
  'map' | 'collision' | 'zones' | 'poses' | 'bySlot' | 'changed' | 'people' | 'grouping'
> & {
  readonly people: ReadonlyMap<PersonId, KeptPerson>;
  readonly grouping: KeptGrouping;
};

function keptOfPerson({ slot, watcher, ...kept }: PersonState): KeptPerson {
  return kept;
}

function keptOfGrouping({ changedCircles, ...kept }: Grouping): KeptGrouping {
  return kept;
}

/** The part of a world that everything after follows from. It shares its objects with the world. */
export function keptOf(world: World): KeptWorld {
  const { map, collision, zones, poses, bySlot, changed, people, grouping, ...kept } = world;
  return {
    ...kept,
    people: new Map([...people].map(([id, person]) => [id, keptOfPerson(person)])),
    grouping: keptOfGrouping(grouping),
  };
}

/** Two worlds with the same hash go on alike under the same commands. 16 hexadecimal digits. */
export function stateHash(world: World): string {
  return hashValue(keptOf(world));
}
