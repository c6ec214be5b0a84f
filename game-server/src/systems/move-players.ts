import { advanceMover } from '../world/mover.ts';
import type { Effect, World } from '../world/types.ts';

/** [MP] Everyone walks on for one tick; whoever's inputs were applied is told where that put them. */
export function movePlayers(world: World, effects: Effect[]): void {
  for (const person of world.people.values()) {
    const { mover } = person;
    if (!person.here) continue;
    if (mover.unacknowledged) {
      const { x, z, yaw } = mover.body;
      effects.push({
        type: 'self',
        to: person.id,
        message: { seq: mover.seq, step: mover.step, x, z, yaw, cut: mover.cut },
      });
      mover.unacknowledged = false;
      mover.cut = false;
    }
    advanceMover(mover, world.collision);
  }
}
