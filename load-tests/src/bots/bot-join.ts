import { createHash } from 'node:crypto';
import { type JoinOptions, PERSON_COLOURS, PROTOCOL_VERSION } from '@chatmux/schema';
import { type Area, placeIn } from './random-walk.ts';
import { seededNumbers } from './seeded-numbers.ts';

/** What the nth bot of a seed joins with: a database can know it, and where it stood, before it comes. */
export function botJoin(seed: number, nth: number): JoinOptions {
  return {
    version: PROTOCOL_VERSION,
    name: `Bot ${nth}`,
    colour: nth % PERSON_COLOURS,
    guestKey: createHash('sha256').update(`bot ${seed} ${nth}`).digest('base64url'),
  };
}

/** Where the nth bot of a seed begins. */
export function botPlace(seed: number, nth: number, area: Area): { x: number; z: number } {
  return placeIn(area, seededNumbers(seed * 100_003 + nth));
}
