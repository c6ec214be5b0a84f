import type { AccountKeeper } from '../account/account.ts';
import { createAskApi } from '../account/account-api.ts';
import { createFriends, type FriendActions, newsOf } from '../friends/friends.ts';
import { createSocialDoor, type SocialDoor, SocialLine } from '../net/social-line.ts';
import { NO_FRIENDS } from '../store/social.ts';
import { patch, store, toast } from '../store/store.ts';
import { Idle } from './idle.ts';

/** Keeps the store's friends as the server has them, while somebody is signed in. */
export function keepFriends(
  account: Pick<AccountKeeper, 'ticket' | 'load'>,
  door: SocialDoor = createSocialDoor(location.origin),
  watchIdle = (onChange: () => void): Pick<Idle, 'isAway'> => new Idle(onChange),
): FriendActions {
  let line: SocialLine | undefined;

  function open(): SocialLine {
    let heard = false;
    return new SocialLine(door, {
      ticket: () => account.ticket(),
      onSignedOut: () => account.load(),
      onWaiting: (why) => patch('social', { state: 'waiting', why }),
      onFriends(friends) {
        const { asking, accepted } = newsOf(store.getState().social, friends);
        patch('social', { ...friends, state: 'on', why: undefined });
        // What waited while we were away is not news.
        if (heard) {
          for (const { name } of asking) toast(`${name} would like to be your friend. See Friends.`);
          for (const { name } of accepted) toast(`${name} is your friend now.`, 'good');
        } else if (asking.length > 0) toast('Somebody would like to be your friend. See Friends.');
        heard = true;
      },
      onPresence({ id, ...change }) {
        const { friends } = store.getState().social;
        patch('social', {
          friends: friends.map((friend) =>
            friend.id === id ? { ...friend, place: undefined, ...change } : friend,
          ),
        });
      },
    });
  }

  const idle = watchIdle(() => line?.sit(presence()));
  const presence = () => ({ away: idle.isAway, busy: store.getState().status.busy });

  store.subscribe((state, before) => {
    if (state.status.busy !== before.status.busy) line?.sit(presence());
    if (state.account.account?.id === before.account.account?.id) return;
    line?.close();
    store.setState({ social: NO_FRIENDS });
    line = state.account.account && open();
    line?.sit(presence());
  });

  return createFriends({
    ask: createAskApi(),
    who: () => store.getState().account.account?.id,
    onChange: (change) => patch('social', change),
  });
}
