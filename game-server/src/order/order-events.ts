import { EventEmitter } from 'node:events';
import type { Marks } from '@chatmux/db';

export type Known = Pick<Marks, 'identityId' | 'guestHash'>;

/** What changed that those who are in a world feel at once; an empty world stands for all. Told once it is written. */
export class OrderEvents extends EventEmitter<{
  role: [worldId: string, identityId: string];
  sanction: [worldId: string, known: Known];
}> {
  constructor() {
    super();
    // Each room listens.
    this.setMaxListeners(0);
  }
}
