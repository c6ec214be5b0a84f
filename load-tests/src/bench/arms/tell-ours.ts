import { ringLog } from '@chatmux/engine';
import { POSE_BYTES, POSE_GRAIN } from '@chatmux/schema';
import type { Client } from '@colyseus/core';
import { isLineFull, sendPoses } from '../../../../game-server/src/rooms/pose-line.ts';
import { indexSpace } from '../../../../game-server/src/systems/index-space.ts';
import { projectPoses } from '../../../../game-server/src/systems/project-poses.ts';
import { createWorld } from '../../../../game-server/src/world/create-world.ts';
import { addPerson } from '../../../../game-server/src/world/person.ts';
import type { Effect, PersonState, World } from '../../../../game-server/src/world/types.ts';
import type { MakeTeller } from './teller.ts';

/** How far away people count as visible, in grains. */
const VISIBLE = 40 / POSE_GRAIN;

/**
 * Our pose channel, by the world room's own functions, acknowledgements of inputs included: they travel in its frames.
 * The other arms acknowledge nothing, so that what the comparison leaves out is to their advantage.
 */
const tellBy =
  (countOwed: boolean): MakeTeller =>
  (_room, map) => {
    const world = createWorld(map);
    const clients: Client[] = [];
    return {
      joined(client, { id, mover }) {
        const at = mover.shown;
        const person = addPerson(world, {
          type: 'join',
          id,
          session: `${id}.1`,
          name: `P${id}`,
          colour: 0,
          at,
        });
        person.mover = mover;
        clients[id] = client;
      },
      tell() {
        world.tick += 1;
        for (const person of world.people.values()) acknowledge(person);
        indexSpace(world);
        const effects: Effect[] = [];
        projectPoses(world, effects);
        for (const effect of effects) {
          if (effect.type !== 'poses') continue;
          const client = clients[effect.to];
          if (!client || isLineFull(client)) throw new Error(`the line to bot ${effect.to} is full`);
          sendPoses(client, effect.frame);
        }
        return effects.length;
      },
      owed: () => (countOwed ? owedBytes(world) : 0),
    };
  };

export const tellOurs = tellBy(false);
/** The same, and counts what the tick owed: too dear where processor time is measured. */
export const tellOursCounting = tellBy(true);

/** What move-players does for whoever's inputs were applied. */
function acknowledge({ mover, watcher }: PersonState): void {
  if (!mover.unacknowledged) return;
  const { x, z, yaw } = mover.body;
  watcher.ack = { seq: mover.seq, step: mover.step, x, z, yaw, cut: mover.cut };
  mover.unacknowledged = false;
  mover.cut = false;
}

/**
 * Least bytes that could tell everyone in this tick: a pose for each visible one who moved, times the share of ticks in
 * which their ring is told.
 */
function owedBytes({ poses, people }: World): number {
  const squares = new Map<number, number[]>();
  const square = (grains: number) => Math.floor(grains / VISIBLE);
  const keyOf = (column: number, row: number) => column * 4096 + row;
  for (const { slot } of people.values()) {
    if (!poses.moving[slot]) continue;
    const key = keyOf(square(poses.gx[slot] ?? 0), square(poses.gz[slot] ?? 0));
    const slots = squares.get(key);
    if (slots) slots.push(slot);
    else squares.set(key, [slot]);
  }
  let bytes = 0;
  for (const { slot: self, watcher } of people.values()) {
    const [x, z] = [poses.gx[self] ?? 0, poses.gz[self] ?? 0];
    for (let column = square(x) - 1; column <= square(x) + 1; column++)
      for (let row = square(z) - 1; row <= square(z) + 1; row++)
        for (const slot of squares.get(keyOf(column, row)) ?? []) {
          if (slot === self || Math.hypot((poses.gx[slot] ?? 0) - x, (poses.gz[slot] ?? 0) - z) > VISIBLE)
            continue;
          const log = ringLog(watcher.anchor, poses.cell[slot] ?? 0);
          if (log >= 0) bytes += POSE_BYTES / (1 << log);
        }
  }
  return bytes;
}
