import type { Accounts } from '../../auth/accounts.ts';
import type { Friends } from '../../friends/friends.ts';
import type { WorldOrder } from '../../order/world-order.ts';
import { accountRoutes } from './account-routes.ts';
import { friendRoutes } from './friend-routes.ts';
import { githubRoutes } from './github-routes.ts';
import { orderRoutes } from './order-routes.ts';
import type { Route } from './route.ts';

/** All that may be asked at `/api/…`, by path. */
export function apiRoutes(
  accounts: Accounts,
  friends: Friends,
  order: WorldOrder,
): ReadonlyMap<string, Route> {
  return new Map([
    ...accountRoutes(accounts, friends, order),
    ...githubRoutes(accounts),
    ...friendRoutes(friends),
    ...orderRoutes(order),
  ]);
}
