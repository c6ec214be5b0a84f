import type { Accounts } from '../../auth/accounts.ts';
import type { Friends } from '../../friends/friends.ts';
import { accountRoutes } from './account-routes.ts';
import { friendRoutes } from './friend-routes.ts';
import { githubRoutes } from './github-routes.ts';
import type { Route } from './route.ts';

/** All that may be asked at `/api/…`, by path. */
export function apiRoutes(accounts: Accounts, friends: Friends): ReadonlyMap<string, Route> {
  return new Map([...accountRoutes(accounts, friends), ...githubRoutes(accounts), ...friendRoutes(friends)]);
}
