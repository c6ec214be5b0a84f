import { apparentDistance, type Band, HEAR, PREPARE, SEE, SHOW } from '@chatmux/engine';
import type { Carry, Metres, PlanEntry, ScreenPart } from '@chatmux/schema';
import type { Hearing, PersonState, World } from '../world/types.ts';

/** Video gets its middle layer within the first band and its full layer within the second. */
const MIDDLE_LAYER: Band = { enter: 9, leave: 10 };
const FULL_LAYER: Band = { enter: 5, leave: 6 };
/** A face seen whole, across a room or on a stage, has its middle layer at least. */
const WHOLE_FACE_METRES: Metres = 9;

/** At most this many voices, faces and screens a listener. */
export const MAX_VOICES = 16;
export const MAX_FACES = 9;
export const MAX_SCREENS = 4;
/** At most this many are prepared a listener, so that a crowd's plan stays small. */
export const MAX_PREPARED = 32;
/** One who plays already counts as this much nearer, so that two at like distance don't take turns. */
const INCUMBENT = 0.85;
/** Who stopped speaking counts as speaking for this long: a pause for breath gives no place away. */
const SPOKE_TICKS = 60;

const within = (distance: Metres, band: Band, inside: boolean): boolean =>
  distance <= (inside ? band.leave : band.enter);

/**
 * How one person's voice carries to another; undefined where nothing does.
 * [ES1] to [ES7]; symmetric but for stages: who is closed off from somebody can't be reached by them either.
 */
export function carryBetween(world: World, listener: PersonState, speaker: PersonState): Carry | undefined {
  if (listener === speaker || !listener.here || !speaker.here) return undefined;
  if (listener.busy || speaker.busy) return undefined;
  if (listener.identity !== '' && listener.identity === speaker.identity) return undefined;
  if (listener.blocks.has(speaker.id) || speaker.blocks.has(listener.id)) return undefined;
  const isLoud = speaker.megaphone && lockOf(listener) === lockOf(speaker);
  if (listener.enclosure !== speaker.enclosure && !isLoud) return undefined;
  if (isLoud) return 'whole';
  if (listener.zones.room >= 0) return 'whole';
  const hall = hallHeardFrom(world, speaker);
  if (hall >= 0 && listener.zones.hall === hall) return 'whole';
  return listener.zones.quiet >= 0 || speaker.zones.quiet >= 0 ? 'quiet' : 'distance';
}

/** The locked circle of `enclosure`, as text; empty for none. */
const lockOf = ({ enclosure }: PersonState) => {
  const at = enclosure.indexOf('/');
  return at < 0 ? '' : enclosure.slice(at);
};

/** The hall that hears somebody from a stage; −1 for none. A stage in a room is heard there like anyone. */
export function hallHeardFrom({ zones }: World, { zones: { stage } }: PersonState): number {
  return stage < 0 ? -1 : (zones.hallOf[stage] ?? -1);
}

/** True where somebody on a stage is heard by this listener for that, given that anything carries between them. */
const isOnTheirStage = (world: World, listener: PersonState, speaker: PersonState): boolean => {
  if (speaker.megaphone) return true;
  if (speaker.zones.stage < 0) return false;
  const hall = hallHeardFrom(world, speaker);
  return hall >= 0 && (listener.zones.hall === hall || listener.zones.room === hall);
};

/** One person around a listener, as the plan weighs them. */
interface Neighbour {
  person: PersonState;
  carry: Carry;
  distance: Metres;
  before: Hearing | undefined;
}

/** Further than any distance: tiers lie this far apart. */
const TIER_METRES = 1e6;

/** The best of those that are offered one after the other, at most some, in order. */
class Best<T> {
  readonly items: T[] = [];
  private readonly ranks: number[] = [];
  private readonly most: number;
  /** Only lower ranks are among the best; asked for everyone in a crowd. */
  bar: number;

  constructor(most: number) {
    this.most = most;
    this.bar = most > 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  }

  /** Ranks are all different. */
  add(rank: number, item: T): void {
    if (rank >= this.bar) return;
    const { items, ranks, most } = this;
    let at = Math.min(items.length, most - 1);
    for (; at > 0 && rank < (ranks[at - 1] as number); at--) {
      ranks[at] = ranks[at - 1] as number;
      items[at] = items[at - 1] as T;
    }
    ranks[at] = rank;
    items[at] = item;
    if (items.length === most) this.bar = ranks[most - 1] as number;
  }
}

/** Ranks by tier, then by distance; who plays already counts as nearer. Lower ids break a tie. */
const rankOf = (tier: number, distance: Metres, plays: boolean, id: number) =>
  tier * TIER_METRES + distance * (plays ? INCUMBENT : 1) + id * 1e-9;

const spoke = ({ speaking, spokeTick }: PersonState, tick: number) =>
  speaking || (spokeTick >= 0 && tick - spokeTick <= SPOKE_TICKS);

/** Collects who is to be heard, seen and prepared for a listener, and whose screen: [PM1], [PM3], [PM7], [PM9]. */
export class Surroundings {
  private readonly world: World;
  private readonly listener: PersonState;
  private readonly voices: Best<Neighbour>;
  private readonly faces = new Best<Neighbour>(MAX_FACES);
  private readonly screens = new Best<Neighbour>(MAX_SCREENS);
  private readonly prepared = new Best<Neighbour>(MAX_PREPARED);

  constructor(world: World, listener: PersonState) {
    this.world = world;
    this.listener = listener;
    this.voices = new Best<Neighbour>(listener.deaf ? 0 : MAX_VOICES);
  }

  /** Weighs one person; each must be offered once. */
  offer(person: PersonState): void {
    const { world, listener, voices, faces, screens, prepared } = this;
    const { id } = person;
    const { x, z } = world.poses;
    const dx = (x[person.slot] as number) - (x[listener.slot] as number);
    const dz = (z[person.slot] as number) - (z[listener.slot] as number);
    const distance = Math.sqrt(dx * dx + dz * dz);
    const before = listener.hearing.get(id);
    const heard = before?.audio ?? false;
    const seen = (before?.video ?? 0) > 0;
    const spoken = spoke(person, world.tick);
    const voiceTier = spoken ? 0 : person.mic ? 1 : 2;
    const faceTier = !person.cam ? 2 : spoken ? 0 : 1;
    // A speaker on a stage would else be the furthest of a full hall.
    const near = isOnTheirStage(world, listener, person) ? 0 : distance;
    const voiceRank = rankOf(voiceTier, near, heard, id);
    const faceRank = rankOf(faceTier, near, seen, id);
    const rank = rankOf(voiceTier, near, before !== undefined, id);
    const shown = (before?.screen ?? 0) > 0;
    const screenRank = person.screen ? rankOf(0, near, shown, id) : Number.POSITIVE_INFINITY;
    const isAmong = voiceRank < voices.bar || faceRank < faces.bar || screenRank < screens.bar;
    if (rank >= prepared.bar && !isAmong) return;
    const carry = carryBetween(world, listener, person);
    if (carry === undefined) return;
    const apparent = apparentDistance(distance, carry);
    if (!within(apparent, PREPARE, before !== undefined)) return;
    const one: Neighbour = { person, carry, distance, before };
    prepared.add(rank, one);
    if (within(apparent, HEAR, heard)) voices.add(voiceRank, one);
    if (within(apparent, SEE, seen)) faces.add(faceRank, one);
    if (person.screen && within(apparent, SHOW, shown)) screens.add(screenRank, one);
  }

  /** Decides what the listener receives. @returns undefined where it stays as it is */
  choose(): Map<number, Hearing> | undefined {
    const { listener, voices, faces, screens } = this;
    const near = this.everyone();
    let changed = near.length !== listener.hearing.size;
    const hearing = near.map((one): [number, Hearing] => {
      const audio = voices.items.includes(one);
      const video = faces.items.includes(one) ? layerOf(one) : 0;
      const screen: ScreenPart = screens.items.includes(one) ? (listener.deaf ? 1 : 2) : 0;
      const { before, carry, person } = one;
      const hearing: Hearing = { audio, video, screen, carry };
      if (before && isSameHearing(before, hearing)) return [person.id, before];
      changed = true;
      return [person.id, hearing];
    });
    return changed ? new Map(hearing) : undefined;
  }

  /** [PM7] Whoever is heard or seen or shares a screen that is shown, and the best of the others. */
  private everyone(): readonly Neighbour[] {
    const { voices, faces, screens, prepared } = this;
    if (prepared.items.length < MAX_PREPARED) return prepared.items;
    const all = new Set([...voices.items, ...faces.items, ...screens.items]);
    for (const one of prepared.items) if (all.size < MAX_PREPARED) all.add(one);
    return [...all];
  }
}

const isSameHearing = (one: Hearing, two: Hearing) =>
  one.audio === two.audio && one.video === two.video && one.screen === two.screen && one.carry === two.carry;

function layerOf({ distance, carry, before }: Neighbour): PlanEntry['video'] {
  const layer = before?.video ?? 0;
  const metres = carry === 'whole' ? Math.min(distance, WHOLE_FACE_METRES) : distance;
  if (within(metres, FULL_LAYER, layer === 3)) return 3;
  return within(metres, MIDDLE_LAYER, layer >= 2) ? 2 : 1;
}
