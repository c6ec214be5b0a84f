import { orderAnswers, ProblemError } from '@chatmux/schema';
import { createAskApi } from '../account/account-api.ts';
import { isInvite, readInvite } from '../order/invite.ts';
import type { InviteState } from '../store/order.ts';
import { placeHash } from '../store/place-address.ts';
import { store } from '../store/store.ts';
import { acceptedWords } from '../ui/words/order-words.ts';

/** Of this tab: signing in by GitHub may load the page anew. */
const KEPT = 'chatmux-invite';

/** Takes invites from the address, asks what they are to, and accepts them. */
export function keepInvites() {
  const ask = createAskApi();
  const change = (more: Partial<InviteState>) =>
    store.setState(({ invite }) => ({ invite: invite && { ...invite, ...more } }));
  const sentenceOf = (error: unknown): string => {
    if (error instanceof ProblemError) return error.message;
    console.error('an invite could not be used', error);
    return 'That could not be done.';
  };

  async function open(secret: string): Promise<void> {
    sessionStorage.setItem(KEPT, secret);
    store.setState({ invite: { secret, look: undefined, busy: true, said: undefined, problem: undefined } });
    try {
      const look = await ask('/api/invites/look', orderAnswers.invite, { invite: secret });
      if (store.getState().invite?.secret === secret) change({ look, busy: false });
    } catch (error) {
      if (store.getState().invite?.secret === secret) change({ busy: false, problem: sentenceOf(error) });
      // What is over is not asked for again when the page is loaded anew.
      if (error instanceof ProblemError && error.code === 'not-found') sessionStorage.removeItem(KEPT);
    }
  }

  const keeper = {
    /** Takes the invite out of the address, so that nobody reads it there. @returns whether there was one */
    take(): boolean {
      const { hash } = location;
      if (!isInvite(hash)) return false;
      const { world, copy } = store.getState();
      const place = world ? placeHash({ world: world.id, copy }) : '';
      history.replaceState(history.state, '', `${location.pathname}${location.search}${place}`);
      const secret = readInvite(hash);
      if (secret !== undefined) void open(secret);
      else
        store.setState({
          invite: {
            secret: '',
            look: undefined,
            busy: false,
            said: undefined,
            problem: 'This invite’s address is not whole. Ask for it again.',
          },
        });
      return true;
    },

    async accept(): Promise<void> {
      const { invite } = store.getState();
      if (!invite?.look || invite.busy) return;
      const { secret, look } = invite;
      change({ busy: true, problem: undefined });
      try {
        const { world, role } = await ask('/api/invites/accept', orderAnswers.accepted, { invite: secret });
        sessionStorage.removeItem(KEPT);
        change({ busy: false, said: acceptedWords(role, look.name) });
        // At the door: the way in leads to where one was invited.
        if (world !== '' && !store.getState().world)
          history.replaceState(history.state, '', placeHash({ world, copy: 1 }));
      } catch (error) {
        change({ busy: false, problem: sentenceOf(error) });
      }
    },

    /** Another may have been opened since. */
    forget(secret: string): void {
      if (store.getState().invite?.secret !== secret) return;
      sessionStorage.removeItem(KEPT);
      store.setState({ invite: undefined });
    },
  };

  const kept = sessionStorage.getItem(KEPT);
  if (!keeper.take() && kept !== null) void open(kept);
  return keeper;
}
