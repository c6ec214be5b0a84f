import type { InviteLook, Order } from '@chatmux/schema';

/** How the world is kept in order, as its keepers see it. */
export interface OrderState {
  /** Undefined until it was asked for, and for whoever keeps none. */
  order: Order | undefined;
  /** Something is being done. */
  busy: boolean;
  problem: string | undefined;
  /** The secret of the invite that was made last: it is shown this once. */
  secret: string | undefined;
}

export const NO_ORDER: OrderState = { order: undefined, busy: false, problem: undefined, secret: undefined };

/** An invite whose link was opened. */
export interface InviteState {
  readonly secret: string;
  /** What it is to; undefined while that is asked. */
  readonly look: InviteLook | undefined;
  readonly busy: boolean;
  /** It was accepted, in words. */
  readonly said: string | undefined;
  readonly problem: string | undefined;
}
