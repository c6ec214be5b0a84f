import { grainsOutside, RIM, RINGS, ringLog } from '@chatmux/engine';
import { type PersonId, POSE_BYTES, POSE_GRAIN } from '@chatmux/schema';
import type { Effect, PersonState, World } from '../world/types.ts';
import { type Departure, resetWatcher } from '../world/watcher.ts';
import { isCrowded, leaveCrowd, projectCrowd } from './project-crowd.ts';

/** The anchor follows when somebody is this far outside of it: walking along a border changes nothing. */
const ANCHOR_SLACK_GRAINS = Math.round(2 / POSE_GRAIN);
/** The slowest ring's window covers all that any ring might not have told yet. */
const SLOWEST = Math.max(...RINGS.map(({ log }) => log));
/** Whether a crowd is too large for one client is looked at in this many ticks, a power of two. */
const LOOK_TICKS = 8;

/**
 * [PP] Makes each client's pose frame: who moved in the cells that are due, whole cells that come into sight, and whom
 * to forget. A pose is encoded once, and copied for everyone who is told of it.
 */
export function projectPoses(world: World, effects: Effect[]): void {
  const { writer } = world.poses;
  for (const person of world.people.values()) {
    const { watcher } = person;
    if (!person.here || watcher.paused) continue;
    project(world, person);
    watcher.ack = undefined;
    const frame = writer.end();
    if (frame) effects.push({ type: 'poses', to: person.id, frame });
  }
}

/** Writes one client's frame, without ending it. */
function project(world: World, person: PersonState): void {
  const { poses, tick } = world;
  const { watcher, slot } = person;
  const before = watcher.anchor;
  const isOutside =
    before >= 0 &&
    grainsOutside(poses.gx[slot] as number, poses.gz[slot] as number, before) > ANCHOR_SLACK_GRAINS;
  const anchor = before < 0 || isOutside ? (poses.cell[slot] as number) : before;
  watcher.anchor = anchor;
  poses.writer.begin(tick, before < 0);
  if (watcher.ack) poses.writer.self(watcher.ack);
  const was = watcher.crowd !== undefined;
  const look = before < 0 || ((tick + person.id) & (LOOK_TICKS - 1)) === 0;
  const crowded = look ? isCrowded(poses, anchor, was) : was;
  if (was && crowded) projectCrowd(world, person, anchor, isOutside);
  else if (was) leaveCrowd(world, person, anchor);
  else {
    // What the cells owed until now is told before attention is given out.
    projectCells(world, person, before, anchor, crowded || before !== anchor);
    if (crowded) projectCrowd(world, person, anchor, true);
  }
}

/** @param all every watched cell is told of now, whether it is due or not */
function projectCells(world: World, person: PersonState, before: number, anchor: number, all: boolean): void {
  const { poses, tick } = world;
  const { writer, first, next, moved, bytes } = poses;
  if (before >= 0) forget(world, before, anchor, person.id, all);
  for (const { log, offsets } of RINGS) {
    // Clients take turns, so that each tick carries its share of the slower rings.
    if (!all && (tick + person.id) & ((1 << log) - 1)) continue;
    for (const offset of offsets) {
      const cell = anchor + offset;
      let slot = first[cell] as number;
      if (slot < 0) continue;
      const isNew = before < 0 || (all && ringLog(before, cell) < 0);
      const window = all ? SLOWEST : log;
      const since = isNew ? -1 : tick - (1 << window);
      // Who is new to the client has nothing to look back on: for them it is the pace they will be told at.
      writer.group(isNew ? log : window);
      for (; slot >= 0; slot = next[slot] as number)
        if ((moved[slot] as number) > since && slot !== person.slot) writer.pose(bytes, slot * POSE_BYTES);
    }
  }
}

/** Says whom to forget: cells out of sight, and those who went out of sight from where they were. */
function forget(world: World, before: number, anchor: number, self: PersonId, all: boolean): void {
  const { poses, people, tick } = world;
  let gone: PersonId[] | undefined;
  const miss = (id: PersonId) => {
    const slot = people.get(id)?.slot;
    if (slot !== undefined && ringLog(anchor, poses.cell[slot] as number) >= 0) return;
    gone ??= [];
    if (!gone.includes(id)) gone.push(id);
  };
  const since = tick - (1 << SLOWEST);
  // Told at once; where the anchor moved, also those of the last ticks who were still in sight then.
  for (const { id, cell, tick: went } of poses.vanished)
    if (went > (all ? since : tick - 1) && ringLog(before, cell) >= 0) miss(id);
  if (all || ((tick + self) & ((1 << SLOWEST) - 1)) === 0)
    for (const offset of all ? EVERY : RIM) {
      if ((poses.departed[before + offset] as number) <= since) continue;
      for (const departure of poses.departures.get(before + offset) ?? NOBODY)
        if (departure.tick > since) miss(departure.id);
    }
  const dropped =
    before === anchor
      ? []
      : EVERY.map((offset) => before + offset).filter((cell) => ringLog(anchor, cell) < 0);
  poses.writer.left(gone ?? [], dropped);
}

const EVERY = RINGS.flatMap(({ offsets }) => offsets);
const NOBODY: readonly Departure[] = [];

/** [PP6] Nothing is told while a client's line is full; then everything is told anew, also what was lost of ourselves. */
export function setLineFull(person: PersonState, full: boolean): void {
  person.watcher.paused = full;
  resetWatcher(person.watcher);
  if (!full) return;
  person.mover.unacknowledged = true;
  person.mover.cut = true;
}
