import { friendRequests } from '@chatmux/schema';
import type { Friends } from '../../friends/friends.ts';
import { type Route, route, whoAsks } from './route.ts';

const { somebody, search } = friendRequests;

/** Everything about friends, by path. What changes them answers all of them. */
export function friendRoutes(friends: Friends): ReadonlyMap<string, Route> {
  const acts = (work: (me: string, other: string) => Promise<void>): Route =>
    route({ method: 'POST', who: 'signed-in', rate: 'usual', body: somebody }, async (asked) => {
      const { id } = whoAsks(asked).identity;
      await work(id, asked.body.id);
      return { friends: await friends.of(id) };
    });
  return new Map<string, Route>([
    ['/api/friends/request', acts((me, other) => friends.request(me, other))],
    ['/api/friends/accept', acts((me, other) => friends.accept(me, other))],
    ['/api/friends/decline', acts((me, other) => friends.decline(me, other))],
    ['/api/friends/cancel', acts((me, other) => friends.cancel(me, other))],
    ['/api/friends/remove', acts((me, other) => friends.unfriend(me, other))],
    ['/api/friends/block', acts((me, other) => friends.block(me, other))],
    ['/api/friends/unblock', acts((me, other) => friends.unblock(me, other))],
    [
      '/api/friends/search',
      route({ method: 'POST', who: 'signed-in', rate: 'usual', body: search }, async (asked) => ({
        found: await friends.search(whoAsks(asked).identity.id, asked.body.name),
      })),
    ],
  ]);
}
