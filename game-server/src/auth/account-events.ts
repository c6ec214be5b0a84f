import { EventEmitter } from 'node:events';
import type { About, Look, Shows } from '@chatmux/schema';

/** Sessions of somebody that are over. */
export interface SignedOut {
  readonly identityId: string;
  /** Whether a session is one of them. */
  isOver(idHash: string): boolean;
}

/** What becomes of identities while they are about, told to whoever shows them: once it is written. */
export class AccountEvents extends EventEmitter<{
  'signed-out': [SignedOut];
  look: [identityId: string, look: Look];
  shows: [identityId: string, shows: Shows];
  about: [identityId: string, about: About];
}> {
  constructor() {
    super();
    // Each room listens.
    this.setMaxListeners(0);
  }
}
