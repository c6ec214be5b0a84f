import type { Friends } from '@chatmux/schema';

/** Friends of whoever is signed in; all empty for a guest. */
export interface SocialState extends Friends {
  /** `off` for a guest; `waiting` until we hear of friends, again after a loss. */
  state: 'off' | 'waiting' | 'on';
  /** Something is being done. */
  busy: boolean;
  /** What was done last, and why something was not, in words. */
  said: string | undefined;
  problem: string | undefined;
}

export const NO_FRIENDS: SocialState = {
  state: 'off',
  friends: [],
  incoming: [],
  outgoing: [],
  blocked: [],
  busy: false,
  said: undefined,
  problem: undefined,
};
