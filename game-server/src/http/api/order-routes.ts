import { orderRequests } from '@chatmux/schema';
import type { z } from 'zod';
import type { WorldOrder } from '../../order/world-order.ts';
import { type Route, route, whoAsks } from './route.ts';

const { world, appoint, lift, lock, invite, revoke, secret } = orderRequests;

/** How worlds are kept in order, by path. What changes it answers all of it. */
export function orderRoutes(order: WorldOrder): ReadonlyMap<string, Route> {
  const acts = <Body extends z.ZodType<{ world: string }>>(
    body: Body,
    work: (me: string, asked: z.output<Body>) => Promise<unknown>,
  ): Route =>
    route({ method: 'POST', who: 'signed-in', rate: 'usual', body }, async (asked) => {
      const { id } = whoAsks(asked).identity;
      const more = await work(id, asked.body);
      return { order: await order.describe(asked.body.world, id), ...(more ?? {}) };
    });
  return new Map<string, Route>([
    ['/api/world/order', acts(world, async () => undefined)],
    [
      '/api/world/appoint',
      acts(appoint, (me, { world: id, id: who, role }) => order.appoint(id, me, who, role)),
    ],
    ['/api/world/lift', acts(lift, (me, { world: id, sanction }) => order.lift(id, me, sanction))],
    ['/api/world/lock', acts(lock, (me, { world: id, locked }) => order.lock(id, me, locked))],
    [
      '/api/world/invite',
      acts(invite, async (me, { world: id, ...asked }) => ({ secret: await order.invite(id, me, asked) })),
    ],
    ['/api/world/revoke', acts(revoke, (me, { world: id, invite: which }) => order.revoke(id, me, which))],
    [
      '/api/invites/look',
      route({ method: 'POST', who: 'anyone', rate: 'costly', body: secret }, (asked) =>
        order.lookAt(asked.body.invite),
      ),
    ],
    [
      '/api/invites/accept',
      route({ method: 'POST', who: 'signed-in', rate: 'costly', body: secret }, (asked) =>
        order.accept(asked.body.invite, whoAsks(asked).identity.id),
      ),
    ],
  ]);
}
