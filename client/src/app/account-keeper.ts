import { type AccountKeeper, createAccount } from '../account/account.ts';
import { patch, store } from '../store/store.ts';

/** Tabs of this browser tell each other here that somebody has signed in or out. */
export const ACCOUNT_CHANNEL = 'chatmux-account';
/** Typing and trying colours: the server hears of the look one has settled on. */
const SETTLED_MS = 800;
/** Where the server could not be asked, it is asked again after so long; then after twice that, and so on. */
const AGAIN_MS = 2_000;
const MOST_MS = 60_000;

/** Keeps who we are: store and server agree, and so do the tabs of this browser. */
export function keepAccount(): AccountKeeper {
  const tabs = new BroadcastChannel(ACCOUNT_CHANNEL);
  let settles: ReturnType<typeof setTimeout> | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;

  const account = createAccount({
    onChange: (change) => patch('account', change),
    onLook(look, chosen) {
      // A name that is being typed is newer than what the server says.
      if (settles !== undefined && !chosen) return;
      patch('profile', look);
      clearTimeout(settles);
      settles = undefined;
    },
    onSwitch: () => tabs.postMessage('changed'),
  });

  async function load(waitMs = AGAIN_MS): Promise<void> {
    clearTimeout(again);
    if (await account.load()) return;
    clearTimeout(again);
    again = setTimeout(() => void load(Math.min(2 * waitMs, MOST_MS)), waitMs);
  }

  tabs.onmessage = () => void load();
  // Back online, or back from a long sleep in which another device may have signed us out.
  addEventListener('online', () => void load());
  store.subscribe(({ profile }, before) => {
    if (profile === before.profile) return;
    clearTimeout(settles);
    settles = setTimeout(() => {
      settles = undefined;
      void account.setLook(store.getState().profile);
    }, SETTLED_MS);
  });
  void load();
  return account;
}
