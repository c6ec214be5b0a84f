import { ProblemError } from '@chatmux/schema';
import { createAskApi } from '../account/account-api.ts';
import { finishGithub, githubAgain } from '../account/github-return.ts';
import { store } from '../store/store.ts';
import { GithubReturn } from '../ui/account/github-return.tsx';
import { ACCOUNT_CHANNEL } from './account-keeper.ts';

/** A moment to read how it ended, in milliseconds. */
const READ_MS = 1500;

/** Ends what was begun at GitHub, in the window it was begun in: the page to show. */
export function githubPage() {
  const ask = createAskApi();
  const address = new URL(location.href);
  // What it says counts once: loaded anew, the page must not say that it is used.
  history.replaceState(null, '', address.pathname);
  const ends = finishGithub(address, ask).then((returned) => {
    if (!returned.isDone) return returned;
    new BroadcastChannel(ACCOUNT_CHANNEL).postMessage('changed');
    // A window that was opened for this closes; any other stays.
    setTimeout(() => close(), READ_MS);
    return returned;
  });
  const again = async () => {
    try {
      location.assign(await githubAgain(ask, store.getState().profile.colour));
      return undefined;
    } catch (error) {
      return error instanceof ProblemError ? error.message : 'That could not be done.';
    }
  };
  return <GithubReturn ends={ends} again={again} />;
}
