import { apparentDistance } from '@chatmux/engine';
import type { Carry, Metres, PlanEntry } from '@chatmux/schema';
import type { Hearing, PersonState, World } from '../world/types.ts';

/** Nested bands, in metres: entered at the first number, left at the second, so that nothing flaps at an edge. */
export interface Band {
  enter: Metres;
  leave: Metres;
}
export const PREPARE: Band = { enter: 22, leave: 26 };
export const HEAR: Band = { enter: 16, leave: 17 };
export const SEE: Band = { enter: 12, leave: 13.5 };
/** Video gets its middle layer within the first band and its full layer within the second. */
const MIDDLE_LAYER: Band = { enter: 9, leave: 10 };
const FULL_LAYER: Band = { enter: 5, leave: 6 };
/** A face seen whole, across a room or on a stage, has its middle layer at least. */
const WHOLE_FACE_METRES: Metres = 9;

/** At most this many voices and faces a listener. */
export const MAX_VOICES = 16;
export const MAX_FACES = 9;
/** At most this many are prepared a listener, so that a crowd's plan stays small. */
export const MAX_PREPARED = 32;
/** One who plays already counts as this much nearer, so that two at like distance don't take turns. */
const INCUMBENT = 0.85;
/** Who stopped speaking counts as speaking for this long: a pause for breath gives no place away. */
const SPOKE_TICKS = 60;

export const within = (distance: Metres, band: Band, inside: boolean): boolean =>
  distance <= (inside ? band.leave : band.enter);

/**
 * How one person's voice carries to another; undefined where nothing does.
 * [ES1] to [ES5]; symmetric but for stages: who is closed off from somebody can't be reached by them either.
 */
export function carryBetween(world: World, listener: PersonState, speaker: PersonState): Carry | undefined {
  if (listener === speaker || !listener.here || !speaker.here) return undefined;
  if (listener.busy || speaker.busy) return undefined;
  if (listener.blocks.has(speaker.id) || speaker.blocks.has(listener.id)) return undefined;
  if (listener.enclosure !== speaker.enclosure) return undefined;
  if (listener.zones.room >= 0) return 'whole';
  const hall = hallHeardFrom(world, speaker);
  if (hall >= 0 && listener.zones.hall === hall) return 'whole';
  return listener.zones.quiet >= 0 || speaker.zones.quiet >= 0 ? 'quiet' : 'distance';
}

/** The hall that hears somebody from a stage; −1 for none. A stage in a room is heard there like anyone. */
export function hallHeardFrom({ zones }: World, { zones: { stage } }: PersonState): number {
  return stage < 0 ? -1 : (zones.hallOf[stage] ?? -1);
}

/** One person around a listener, as the plan weighs them. */
export interface Neighbour {
  person: PersonState;
  carry: Carry;
  distance: Metres;
  /** As far as they would be if voices carried plainly. */
  apparent: Metres;
  before: Hearing | undefined;
}

/** Further than any distance: tiers lie this far apart. */
const TIER_METRES = 1e6;

/** The best of those that are offered one after the other, at most some, in order. */
class Best<T> {
  readonly items: T[] = [];
  private readonly ranks: number[] = [];
  private readonly most: number;

  constructor(most: number) {
    this.most = most;
  }

  /** True where something of this rank would be among the best so far. Ranks are all different. */
  takes(rank: number): boolean {
    return this.items.length < this.most || rank < (this.ranks.at(-1) as number);
  }

  add(rank: number, item: T): void {
    if (!this.takes(rank)) return;
    const { items, ranks } = this;
    let at = items.length < this.most ? items.length : items.length - 1;
    for (; at > 0 && rank < (ranks[at - 1] as number); at--) {
      ranks[at] = ranks[at - 1] as number;
      items[at] = items[at - 1] as T;
    }
    ranks[at] = rank;
    items[at] = item;
  }
}

/** Ranks by tier, then by distance; who plays already counts as nearer. Lower ids break a tie. */
const rankOf = (tier: number, distance: Metres, plays: boolean, id: number) =>
  tier * TIER_METRES + distance * (plays ? INCUMBENT : 1) + id * 1e-9;

const spoke = ({ speaking, spokeTick }: PersonState, tick: number) =>
  speaking || (spokeTick >= 0 && tick - spokeTick <= SPOKE_TICKS);
const voiceTier = (person: PersonState, tick: number) => (spoke(person, tick) ? 0 : person.mic ? 1 : 2);
const faceTier = (person: PersonState, tick: number) => (!person.cam ? 2 : spoke(person, tick) ? 0 : 1);

/** Collects who is to be prepared for a listener: [PM1], [PM7]. */
export class Surroundings {
  private readonly world: World;
  private readonly listener: PersonState;
  private readonly best = new Best<Neighbour>(MAX_PREPARED);

  constructor(world: World, listener: PersonState) {
    this.world = world;
    this.listener = listener;
  }

  /** Weighs one person; each must be offered once. */
  offer(person: PersonState): void {
    const { world, listener, best } = this;
    const { x, z } = world.poses;
    const dx = (x[person.slot] as number) - (x[listener.slot] as number);
    const dz = (z[person.slot] as number) - (z[listener.slot] as number);
    const distance = Math.sqrt(dx * dx + dz * dz);
    const before = listener.hearing.get(person.id);
    const rank = rankOf(voiceTier(person, world.tick), distance, before !== undefined, person.id);
    if (!best.takes(rank)) return;
    const carry = carryBetween(world, listener, person);
    if (carry === undefined) return;
    const apparent = apparentDistance(distance, carry);
    if (within(apparent, PREPARE, before !== undefined))
      best.add(rank, { person, carry, distance, apparent, before });
  }

  /** Decides what the listener receives: [PM1] to [PM3]. @returns undefined where it stays as it is */
  choose(): Map<number, Hearing> | undefined {
    const { listener, world, best } = this;
    const near = best.items;
    const voices = listener.deaf
      ? NOBODY
      : bestWithin(near, MAX_VOICES, HEAR, isHeard, voiceTier, world.tick);
    const faces = bestWithin(near, MAX_FACES, SEE, isSeen, faceTier, world.tick);
    let changed = near.length !== listener.hearing.size;
    const hearing = near.map((one): [number, Hearing] => {
      const audio = voices.includes(one);
      const video = faces.includes(one) ? layerOf(one) : 0;
      const { before, carry, person } = one;
      if (before?.audio === audio && before.video === video && before.carry === carry)
        return [person.id, before];
      changed = true;
      return [person.id, { audio, video, carry }];
    });
    return changed ? new Map(hearing) : undefined;
  }
}

const NOBODY: readonly Neighbour[] = [];
const isHeard = (before: Hearing) => before.audio;
const isSeen = (before: Hearing) => before.video > 0;

/** Those within a band; where there are too many, first tiers first, nearest first. */
function bestWithin(
  near: readonly Neighbour[],
  most: number,
  band: Band,
  played: (before: Hearing) => boolean,
  tier: (person: PersonState, tick: number) => number,
  tick: number,
): readonly Neighbour[] {
  const plays = ({ before }: Neighbour) => before !== undefined && played(before);
  if (near.length <= most) return near.filter((one) => within(one.apparent, band, plays(one)));
  const best = new Best<Neighbour>(most);
  for (const one of near)
    if (within(one.apparent, band, plays(one)))
      best.add(rankOf(tier(one.person, tick), one.distance, plays(one), one.person.id), one);
  return best.items;
}

function layerOf({ distance, apparent, carry, before }: Neighbour): PlanEntry['video'] {
  const layer = before?.video ?? 0;
  const metres = carry === 'whole' ? Math.min(distance, WHOLE_FACE_METRES) : apparent;
  if (within(metres, FULL_LAYER, layer === 3)) return 3;
  return within(metres, MIDDLE_LAYER, layer >= 2) ? 2 : 1;
}
