import { cellOf } from '@chatmux/engine';
import { decodeFrame, type PersonId } from '@chatmux/schema';
import type { Effect } from '../world/types.ts';
import { only } from './small-world.ts';

/** What a client knows after the frames it got: a receiver as POSES.md asks for, kept as simple as can be. */
export class PoseReceiver {
  readonly known = new Map<PersonId, { x: number; z: number }>();
  readonly id: PersonId;
  frames = 0;
  poses = 0;

  constructor(id: PersonId) {
    this.id = id;
  }

  take(effects: readonly Effect[]): void {
    for (const { to, frame } of only(effects, 'poses')) if (to === this.id) this.read(frame);
  }

  read(bytes: Uint8Array): void {
    const { whole, groups, gone, dropped } = decodeFrame(bytes);
    this.frames += 1;
    if (whole) this.known.clear();
    for (const { poses } of groups)
      for (const { id, x, z } of poses) {
        this.poses += 1;
        this.known.set(id, { x, z });
      }
    for (const id of gone) this.known.delete(id);
    for (const [id, { x, z }] of this.known) if (dropped.includes(cellOf(x, z))) this.known.delete(id);
  }

  others(): PersonId[] {
    return [...this.known.keys()].sort((a, b) => a - b);
  }
}
