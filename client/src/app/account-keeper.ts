import { type AccountKeeper, createAccount } from '../account/account.ts';
import { patch, store, toast } from '../store/store.ts';

/** Typing and trying colours: the server hears of the look one has settled on. */
const SETTLED_MS = 800;

/** Keeps who we are: store and server agree, and so do the tabs of this browser. */
export function keepAccount(): AccountKeeper {
  const tabs = new BroadcastChannel('chatmux-account');
  const account = createAccount({
    onChange(change) {
      const { status, account: before } = store.getState().account;
      patch('account', change);
      // Another tab need not hear what it told us itself.
      const next = store.getState().account;
      if (status !== 'unknown' && before?.id !== next.account?.id && !hearing) tabs.postMessage('changed');
    },
    onLook: (look) => patch('profile', look),
    onSay: (sentence) => toast(sentence, 'good'),
  });
  let hearing = false;
  tabs.onmessage = () => {
    hearing = true;
    void account.load().finally(() => {
      hearing = false;
    });
  };
  let settles: ReturnType<typeof setTimeout> | undefined;
  store.subscribe(({ profile }, before) => {
    if (profile === before.profile) return;
    clearTimeout(settles);
    settles = setTimeout(() => void account.setLook(profile), SETTLED_MS);
  });
  void account.load();
  return account;
}
