import { advanceMover } from '../world/mover.ts';
import type { World } from '../world/types.ts';

/** [MP] Everyone walks on for one tick; whoever's inputs were applied is told, in this tick's frame, where that put them. */
export function movePlayers(world: World): void {
  for (const { here, mover, watcher } of world.people.values()) {
    if (!here) continue;
    if (mover.unacknowledged) {
      const { x, z, yaw } = mover.body;
      const cut = mover.cut || (watcher.ack?.cut ?? false);
      watcher.ack = { seq: mover.seq, step: mover.step, x, z, yaw, cut };
      mover.unacknowledged = false;
      mover.cut = false;
    }
    advanceMover(mover, world.collision);
  }
}
