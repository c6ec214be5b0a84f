import { accountRequests, ProblemError } from '@chatmux/schema';
import type { Accounts } from '../../auth/accounts.ts';
import { type Github, githubCookieName } from '../../auth/github.ts';
import { type Asked, type Route, route, whoAsks } from './route.ts';
import { signInAs } from './sign-in-as.ts';
import { checkSafeToSignIn, isHttps } from './site-of.ts';

const { githubBegin, githubFinish, nothing } = accountRequests;
/** As long as somebody has at GitHub, in seconds. */
const KEPT_SECONDS = 600;

/** Signing in by GitHub, by path. @param github undefined where it is not set up */
export function githubRoutes(accounts: Accounts): ReadonlyMap<string, Route> {
  const { github } = accounts;
  /** @throws ProblemError where nobody can sign in by it here */
  function there(): Github {
    if (!github) throw new ProblemError('not-found', 'Signing in by GitHub is not set up here.');
    return github;
  }

  function begin(asked: Asked<unknown>, identityId: string | undefined, colour?: number) {
    const origin = asked.origin();
    checkSafeToSignIn(origin);
    const { url, secret } = there().begin(origin, identityId, colour);
    const secure = isHttps(origin);
    asked.setCookie(
      `${githubCookieName(secure)}=${secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${KEPT_SECONDS}${secure ? '; Secure' : ''}`,
    );
    return Promise.resolve({ url });
  }

  return new Map<string, Route>([
    [
      '/api/github/begin',
      route({ method: 'POST', who: 'signed-out', rate: 'costly', body: githubBegin }, async (asked) =>
        begin(asked, undefined, asked.body.colour),
      ),
    ],
    [
      '/api/github/link',
      route({ method: 'POST', who: 'confirmed', rate: 'costly', body: nothing }, async (asked) =>
        begin(asked, whoAsks(asked).identity.id),
      ),
    ],
    [
      '/api/github/finish',
      route({ method: 'POST', who: 'anyone', rate: 'costly', body: githubFinish }, async (asked) => {
        const origin = asked.origin();
        checkSafeToSignIn(origin);
        const { id, linked } = await there().finish(
          asked.body,
          asked.cookie(githubCookieName(isHttps(origin))),
          asked.signedIn?.identity.id,
        );
        if (!linked) return { ...(await signInAs(accounts, id, asked)), linked };
        return { account: await accounts.describe(id, whoAsks(asked).idHash), linked };
      }),
    ],
    [
      '/api/github/unlink',
      route({ method: 'POST', who: 'confirmed', rate: 'usual', body: nothing }, async (asked) => {
        const { identity, idHash } = whoAsks(asked);
        await there().unlink(identity.id);
        return { account: await accounts.describe(identity.id, idHash) };
      }),
    ],
  ]);
}
