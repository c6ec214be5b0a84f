import { type Order, orderAnswers, ProblemError, type Role } from '@chatmux/schema';
import type { z } from 'zod';
import type { AskApi } from '../account/account-api.ts';
import type { OrderState } from '../store/order.ts';

/** What keepers of a world may do, besides what is done about people who are here. None rejects: what failed is told. */
export interface OrderActions {
  /** Asks how things stand. */
  load(): Promise<void>;
  /** Gives somebody a role, or takes it back (guest). */
  appoint(id: string, role: Role): Promise<void>;
  /** Ends a ban or a mute. */
  lift(sanction: number): Promise<void>;
  lock(locked: boolean): Promise<void>;
  invite(role: Exclude<Role, 'guest'>, uses: number, hours: number): Promise<void>;
  revoke(invite: string): Promise<void>;
}

interface Options {
  readonly ask: AskApi;
  /** The world one is in; an answer that comes once one is elsewhere, or somebody else, is dropped. */
  where(): string | undefined;
  onChange(change: Partial<OrderState>): void;
}

/** Asks the server to keep order, and tells what came of it. One thing at a time. */
export function createOrder({ ask, where, onChange }: Options): OrderActions {
  let busy = false;

  async function does<Answer extends { order: Order }>(
    what: string,
    answer: z.ZodType<Answer>,
    body: object,
    tell: (answer: Answer) => Partial<OrderState>,
  ): Promise<void> {
    const world = where();
    if (busy || world === undefined) return;
    busy = true;
    onChange({ busy: true });
    try {
      const done = await ask(`/api/world/${what}`, answer, { world, ...body });
      if (where() === world) onChange({ order: done.order, problem: undefined, ...tell(done) });
    } catch (error) {
      if (where() !== world) return;
      if (!(error instanceof ProblemError)) console.error('keeping order failed', error);
      onChange({ problem: error instanceof ProblemError ? error.message : 'That could not be done.' });
    } finally {
      busy = false;
      onChange({ busy: false });
    }
  }
  const acts = (what: string, body: object) => does(what, orderAnswers.order, body, () => ({}));

  return {
    load: () => acts('order', {}),
    appoint: (id, role) => acts('appoint', { id, role }),
    lift: (sanction) => acts('lift', { sanction }),
    lock: (locked) => acts('lock', { locked }),
    invite: (role, uses, hours) =>
      does('invite', orderAnswers.invited, { role, uses, hours }, ({ secret }) => ({ secret })),
    revoke: (invite) => acts('revoke', { invite }),
  };
}
