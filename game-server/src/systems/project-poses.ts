import { watchedCells } from '@chatmux/engine';
import { encodeSection, joinSections, samePose } from '@chatmux/schema';
import type { Effect, PersonState, World } from '../world/types.ts';

/** Poses of cells within this many metres are sent; a watched cell is kept up to the second number. */
const WATCH_METRES = 40;
const KEEP_METRES = 48;

const poseOf = ({ id, mover: { shown } }: PersonState) => ({ id, x: shown.x, z: shown.z, yaw: shown.yaw });

/**
 * [PP] Makes each client's pose frame: what changed in the cells it watches, whole cells it starts to watch, and the
 * cells it stops watching. Every cell is encoded at most twice a tick, however many watch it.
 */
export function projectPoses(world: World, effects: Effect[]): void {
  const changes = new Map<number, Uint8Array>();
  const wholes = new Map<number, Uint8Array>();
  for (const [cell, people] of world.cells) {
    const moved = people.filter((person) => noteMove(world, person));
    const gone = world.gone.get(cell) ?? [];
    if (moved.length > 0 || gone.length > 0) changes.set(cell, section(cell, moved, gone));
  }
  for (const [cell, gone] of world.gone)
    if (!world.cells.has(cell)) changes.set(cell, section(cell, [], gone));

  const shared = new Map<string, Uint8Array>();
  for (const person of world.people.values()) {
    if (!person.here) continue;
    const { x, z } = person.mover.shown;
    const before = person.watching;
    const now = watchedCells(x, z, before, WATCH_METRES, KEEP_METRES);
    const sections: Uint8Array[] = [];
    let key = '';
    for (const cell of now) {
      if (before.has(cell)) {
        const change = changes.get(cell);
        if (change) sections.push(change);
        if (change) key += `${cell},`;
      } else {
        const whole = wholes.get(cell) ?? encodeSection(everyone(cell, world.cells.get(cell) ?? []));
        wholes.set(cell, whole);
        sections.push(whole);
        key += `+${cell},`;
      }
    }
    for (const cell of before)
      if (!now.has(cell)) {
        sections.push(encodeSection({ cell, full: false, dropped: true, poses: [], gone: [] }));
        key += `-${cell},`;
      }
    person.watching = now;
    if (sections.length === 0) continue;
    const frame = shared.get(key) ?? joinSections(world.tick, sections);
    shared.set(key, frame);
    effects.push({ type: 'poses', to: person.id, frame });
  }
}

/** True when a person's pose must be told: it changed, or it has just stopped changing. */
function noteMove(world: World, person: PersonState): boolean {
  const told = world.told.get(person.id);
  const pose = poseOf(person);
  const moving = !told || told.cell !== person.cell || !samePose({ id: person.id, ...told }, pose);
  const tell = moving || person.wasMoving;
  person.wasMoving = moving;
  if (tell) world.told.set(person.id, { cell: person.cell, x: pose.x, z: pose.z, yaw: pose.yaw });
  return tell;
}

/** Ids that fit one section's count; the rest follow in a section of their own. */
const MAX_GONE = 255;

function section(cell: number, people: PersonState[], gone: number[]): Uint8Array {
  const first = encodeSection({
    cell,
    full: false,
    dropped: false,
    poses: people.map(poseOf),
    gone: gone.slice(0, MAX_GONE),
  });
  if (gone.length <= MAX_GONE) return first;
  // More than 255 left one cell in one tick: whoever watches gets the whole cell, which names those who stay.
  return encodeSection(everyone(cell, people));
}

const everyone = (cell: number, people: PersonState[]) => ({
  cell,
  full: true,
  dropped: false,
  poses: people.map(poseOf),
  gone: [],
});
