import type { Friends } from '@chatmux/schema';

/** Friends of whoever is signed in; all empty for a guest. */
export interface SocialState extends Friends {
  /** `off` for a guest; `waiting` until we hear of friends, again after a loss. */
  state: 'off' | 'waiting' | 'on';
  /** While we wait: what the server refuses us for, in words. */
  why: string | undefined;
  /** Something is being done. */
  busy: boolean;
  /** What was done last, and why something was not, in words. */
  said: string | undefined;
  problem: string | undefined;
  /** Whom that is about, by identity; undefined where it is about nobody in particular. */
  about: string | undefined;
}

export const NO_FRIENDS: SocialState = {
  state: 'off',
  why: undefined,
  friends: [],
  incoming: [],
  outgoing: [],
  blocked: [],
  busy: false,
  said: undefined,
  problem: undefined,
  about: undefined,
};
