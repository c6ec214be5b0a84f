import { accountAnswers, ProblemError } from '@chatmux/schema';
import type { AskApi } from './account-api.ts';

/** Where GitHub sends people back to. */
export const GITHUB_RETURN = '/sign-in/github';

/** How it ended: what to tell whoever comes back. */
export interface Returned {
  readonly isDone: boolean;
  readonly words: string;
}

/**
 * Ends what was begun at GitHub. Never rejects.
 * @param address of the page they come back to, with what GitHub says (RFC 6749, 4.1.2)
 */
export async function finishGithub(address: URL, ask: AskApi): Promise<Returned> {
  const { state, code, error } = Object.fromEntries(address.searchParams);
  if (state === undefined) return { isDone: false, words: 'Nothing was begun at GitHub.' };
  try {
    const { account, linked } = await ask('/api/github/finish', accountAnswers.githubFinished, {
      state,
      ...(code !== undefined && { code }),
      ...(error !== undefined && { error }),
    });
    const words = linked
      ? `${account.github?.login ?? 'Your account'} at GitHub signs you in from now on, too.`
      : `You are signed in as ${account.name}.`;
    return { isDone: true, words };
  } catch (problem) {
    if (!(problem instanceof ProblemError)) console.error('signing in by GitHub failed', problem);
    return {
      isDone: false,
      words: problem instanceof ProblemError ? problem.message : 'That could not be done.',
    };
  }
}

/** Where to go to try again: as a new sign-in, or as a link for whoever is signed in. @throws ProblemError */
export async function githubAgain(ask: AskApi, colour: number): Promise<string> {
  const { account } = await ask('/api/me', accountAnswers.me);
  const begun = account
    ? await ask('/api/github/link', accountAnswers.github, {})
    : await ask('/api/github/begin', accountAnswers.github, { colour });
  return begun.url;
}
