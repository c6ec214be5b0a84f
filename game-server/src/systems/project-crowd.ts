import { RINGS, ringLog } from '@chatmux/engine';
import { type PersonId, POSE_BYTES } from '@chatmux/schema';
import type { PoseTable } from '../world/pose-table.ts';
import type { PersonState, World } from '../world/types.ts';
import type { Crowd, CrowdClass } from '../world/watcher.ts';

/** Where more poses a tick would be owed, attention is limited; it is again as usual below the second number. */
const CROWDED = { enter: 64, leave: 48 };
/** The nearest are told at 20 Hz, the next at 5 Hz. */
export const NEAREST = 24;
export const NEXT = 48;
const NEXT_LOG = 2;
/** All others share what a tick has left, down to one telling in 3.2 s. */
const OTHERS_A_TICK = 24;
const SLOWEST_LOG = 6;
/** Attention is given out anew in this many ticks. */
const RANK_TICKS = 8;
/** People are ranked by steps of this power of two of grains (16 cm). */
const STEP_LOG = 3;

/** True when the cells around an anchor hold more than one client should be told of at full rates. */
export function isCrowded({ count }: PoseTable, anchor: number, was: boolean): boolean {
  let owed = 0;
  for (const { log, offsets } of RINGS)
    for (const offset of offsets) owed += (count[anchor + offset] as number) / (1 << log);
  return owed > (was ? CROWDED.leave : CROWDED.enter);
}

/**
 * [PC] Tells one client of a crowd: the nearest at full rate, the rest slower.
 * @param rank attention is given out anew now, whether it is time or not
 */
export function projectCrowd(world: World, person: PersonState, anchor: number, rank: boolean): void {
  const { poses, tick } = world;
  const { watcher } = person;
  let { crowd } = watcher;
  if (!crowd) {
    // Everything that was owed was told in this frame: the client knows everyone in sight.
    crowd = startCrowd(world, person, anchor);
    watcher.crowd = crowd;
    return;
  }
  if (rank || tick >= crowd.nextRank) {
    settle(world, person, anchor, crowd, false);
    return;
  }
  for (const { log, turns } of crowd.classes) {
    const since = tick - (1 << log);
    poses.writer.group(log);
    // People take turns, so that each tick carries its share.
    for (const slot of turns[turnOf(tick, log)] ?? [])
      if ((poses.moved[slot] as number) > since && crowd.knownId[slot] === poses.ids[slot])
        poses.writer.pose(poses.bytes, slot * POSE_BYTES);
  }
}

/** Whose turn it is in a tick. */
const turnOf = (tick: number, log: number) => tick & ((1 << log) - 1);

/** Back to telling by cells: what was owed by attention is told first. */
export function leaveCrowd(world: World, person: PersonState, anchor: number): void {
  const { crowd } = person.watcher;
  if (crowd) settle(world, person, anchor, crowd, true);
  person.watcher.crowd = undefined;
}

function startCrowd(world: World, person: PersonState, anchor: number): Crowd {
  const { poses } = world;
  const size = poses.ids.length;
  const knownId = new Uint16Array(size);
  const knownLog = new Uint8Array(size);
  const crowd: Crowd = { classes: [], knownId, knownLog, nextRank: 0 };
  rankCrowd(world, person, anchor, crowd);
  for (const { log, turns } of crowd.classes)
    for (const slot of turns.flat()) {
      knownId[slot] = poses.ids[slot] as number;
      knownLog[slot] = log;
    }
  return crowd;
}

/**
 * Tells whom to forget and who is new, and gives out attention anew.
 * @param all nobody's turn comes any more: what is owed to all is told now
 */
function settle(world: World, person: PersonState, anchor: number, crowd: Crowd, all: boolean): void {
  const { poses, tick } = world;
  if (crowd.knownId.length < poses.ids.length) {
    crowd.knownId = grown(crowd.knownId, new Uint16Array(poses.ids.length));
    crowd.knownLog = grown(crowd.knownLog, new Uint8Array(poses.ids.length));
  }
  const { knownId, knownLog } = crowd;
  const gone: PersonId[] = [];
  for (let slot = 0; slot < poses.used; slot++) {
    const known = knownId[slot] as number;
    if (known === 0) continue;
    const id = poses.ids[slot] as number;
    if (id === known && ringLog(anchor, poses.cell[slot] as number) >= 0) continue;
    knownId[slot] = 0;
    // Who came again under another slot is told as new below.
    const now = world.people.get(known);
    if (!now || ringLog(anchor, poses.cell[now.slot] as number) < 0) gone.push(known);
  }
  poses.writer.left(gone, []);
  const owed: number[][] = [];
  rankCrowd(world, person, anchor, crowd);
  for (const { log, turns } of crowd.classes)
    turns.forEach((slots, turn) => {
      for (const slot of slots) {
        const isNew = knownId[slot] === 0;
        const before = isNew ? log : (knownLog[slot] as number);
        // Who is told at another pace from now on might miss their turn; the others wait for it.
        const isDue = all || before !== log || turn === turnOf(tick, log);
        if (isNew || (isDue && (poses.moved[slot] as number) > tick - (1 << before))) {
          owed[before] ??= [];
          owed[before].push(slot);
        }
        knownId[slot] = poses.ids[slot] as number;
        knownLog[slot] = log;
      }
    });
  owed.forEach((slots, log) => {
    poses.writer.group(log);
    for (const slot of slots) poses.writer.pose(poses.bytes, slot * POSE_BYTES);
  });
}

function grown<T extends Uint16Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** Sorts everyone in sight into classes: the nearest, the next, the others. */
function rankCrowd({ poses, tick }: World, person: PersonState, anchor: number, crowd: Crowd): void {
  const seen: number[] = [];
  const far: number[] = [];
  for (const { log, offsets } of RINGS)
    for (const offset of offsets)
      for (let slot = poses.first[anchor + offset] as number; slot >= 0; slot = poses.next[slot] as number)
        if (slot !== person.slot) (log === 0 ? seen : far).push(slot);
  const near = byDistance(poses, person.slot, seen);
  const nearest = near.slice(0, NEAREST);
  const next = near.slice(NEAREST, NEAREST + NEXT);
  const others = [...near.slice(NEAREST + NEXT), ...far];
  let othersLog = NEXT_LOG;
  while (othersLog < SLOWEST_LOG && others.length >> othersLog > OTHERS_A_TICK) othersLog++;
  crowd.classes = [inTurns(0, nearest), inTurns(NEXT_LOG, next), inTurns(othersLog, others)];
  // Clients take turns in this, too.
  crowd.nextRank = tick + RANK_TICKS - ((tick + person.id) % RANK_TICKS);
}

function inTurns(log: number, slots: readonly number[]): CrowdClass {
  const turns: number[][] = Array.from({ length: 1 << log }, () => []);
  for (const slot of slots) turns[turnOf(slot, log)]?.push(slot);
  return { log, turns };
}

/** Slots by distance, to the step. */
function byDistance({ gx, gz }: PoseTable, self: number, slots: readonly number[]): number[] {
  const [x, z] = [gx[self] as number, gz[self] as number];
  const steps: number[][] = [];
  for (const slot of slots) {
    const step = Math.hypot((gx[slot] as number) - x, (gz[slot] as number) - z) >> STEP_LOG;
    const list = steps[step];
    if (list) list.push(slot);
    else steps[step] = [slot];
  }
  return steps.flat();
}
