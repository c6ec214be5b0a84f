import { accountRequests, ProblemError } from '@chatmux/schema';
import type { Accounts } from '../../auth/accounts.ts';
import type { Friends } from '../../friends/friends.ts';
import type { WorldOrder } from '../../order/world-order.ts';
import { type AccountAnswer, type Asked, type Route, route, whoAsks } from './route.ts';
import { signInAs } from './sign-in-as.ts';
import { checkSafeToSignIn, siteOf } from './site-of.ts';

const { newIdentity, register, signIn, recover, look, shows, about, passkey, session, nothing } =
  accountRequests;

/** Everything about one's own identity, by path. */
export function accountRoutes(
  accounts: Accounts,
  friends: Friends,
  order: Pick<WorldOrder, 'allOf'>,
): ReadonlyMap<string, Route> {
  const { passkeys, sessions } = accounts;

  async function accountOf(asked: Asked<unknown>): Promise<AccountAnswer> {
    const { identity, idHash } = whoAsks(asked);
    return { account: await accounts.describe(identity.id, idHash) };
  }

  return new Map<string, Route>([
    [
      '/api/me',
      route({ method: 'GET', who: 'anyone', rate: 'usual', body: nothing }, async (asked) => ({
        github: accounts.github !== undefined,
        ...(asked.signedIn && (await accountOf(asked))),
      })),
    ],
    [
      '/api/me/export',
      route({ method: 'GET', who: 'signed-in', rate: 'usual', body: nothing }, async (asked) => ({
        exportedAt: new Date(accounts.now()).toISOString(),
        ...(await accountOf(asked)),
        friends: await friends.of(whoAsks(asked).identity.id),
        order: await order.allOf(whoAsks(asked).identity.id),
      })),
    ],
    [
      '/api/me/look',
      route({ method: 'POST', who: 'signed-in', rate: 'usual', body: look }, async (asked) => {
        await accounts.setLook(whoAsks(asked).identity.id, asked.body);
        return accountOf(asked);
      }),
    ],
    [
      '/api/me/shows',
      route({ method: 'POST', who: 'signed-in', rate: 'usual', body: shows }, async (asked) => {
        await accounts.setShows(whoAsks(asked).identity.id, asked.body.shows);
        return accountOf(asked);
      }),
    ],
    [
      '/api/me/about',
      route({ method: 'POST', who: 'signed-in', rate: 'usual', body: about }, async (asked) => {
        const { id } = whoAsks(asked).identity;
        await accounts.setAbout(id, asked.body);
        // Friends read it in their lists.
        friends.tell(...(await friends.idsOf(id)));
        return accountOf(asked);
      }),
    ],
    [
      '/api/me/delete',
      route({ method: 'POST', who: 'confirmed', rate: 'costly', body: nothing }, async (asked) => {
        const who = whoAsks(asked);
        const others = await friends.around(who.identity.id);
        asked.setCookie(await sessions.end(who));
        await accounts.delete(who);
        friends.tell(...others);
        return {};
      }),
    ],
    [
      '/api/identity/begin',
      route({ method: 'POST', who: 'signed-out', rate: 'costly', body: newIdentity }, (asked) =>
        passkeys.beginRegistration(siteOf(asked.origin()), asked.body),
      ),
    ],
    [
      '/api/identity',
      route({ method: 'POST', who: 'signed-out', rate: 'costly', body: register }, async (asked) => {
        const { id, codes } = await accounts.register(asked.body, asked.device, undefined);
        return { ...(await signInAs(accounts, id, asked)), codes };
      }),
    ],
    [
      '/api/passkeys/begin',
      route({ method: 'POST', who: 'confirmed', rate: 'costly', body: nothing }, (asked) =>
        passkeys.beginRegistration(siteOf(asked.origin()), whoAsks(asked).identity),
      ),
    ],
    [
      '/api/passkeys',
      route({ method: 'POST', who: 'signed-in', rate: 'usual', body: register }, async (asked) => {
        await accounts.register(asked.body, asked.device, whoAsks(asked).identity);
        return accountOf(asked);
      }),
    ],
    [
      '/api/passkeys/remove',
      route({ method: 'POST', who: 'confirmed', rate: 'usual', body: passkey }, async (asked) => {
        await accounts.removePasskey(whoAsks(asked).identity.id, asked.body.id);
        return accountOf(asked);
      }),
    ],
    [
      '/api/codes',
      route({ method: 'POST', who: 'confirmed', rate: 'costly', body: nothing }, async (asked) => {
        const codes = await accounts.newCodes(whoAsks(asked).identity.id);
        return { ...(await accountOf(asked)), codes };
      }),
    ],
    [
      '/api/sign-in/begin',
      route({ method: 'POST', who: 'anyone', rate: 'costly', body: nothing }, (asked) =>
        passkeys.beginSignIn(siteOf(asked.origin())),
      ),
    ],
    [
      '/api/sign-in',
      route({ method: 'POST', who: 'anyone', rate: 'costly', body: signIn }, async (asked) =>
        signInAs(accounts, await passkeys.finishSignIn(asked.body), asked),
      ),
    ],
    [
      '/api/confirm/begin',
      route({ method: 'POST', who: 'signed-in', rate: 'costly', body: nothing }, (asked) =>
        passkeys.beginSignIn(siteOf(asked.origin()), whoAsks(asked).identity.id),
      ),
    ],
    [
      '/api/confirm',
      route({ method: 'POST', who: 'signed-in', rate: 'costly', body: signIn }, async (asked) => {
        const who = whoAsks(asked);
        if ((await passkeys.finishSignIn(asked.body)) !== who.identity.id)
          throw new ProblemError('not-yours', 'This passkey is somebody else’s.');
        await sessions.confirm(who);
        return accountOf(asked);
      }),
    ],
    [
      '/api/recover',
      route({ method: 'POST', who: 'signed-out', rate: 'costly', body: recover }, async (asked) => {
        checkSafeToSignIn(asked.origin());
        return signInAs(accounts, await accounts.recover(asked.body.code), asked);
      }),
    ],
    [
      '/api/sign-out',
      route({ method: 'POST', who: 'signed-in', rate: 'usual', body: nothing }, async (asked) => {
        asked.setCookie(await sessions.end(whoAsks(asked)));
        return {};
      }),
    ],
    [
      '/api/ticket',
      route({ method: 'POST', who: 'signed-in', rate: 'usual', body: nothing }, async (asked) => ({
        ticket: accounts.ticketFor(whoAsks(asked)),
      })),
    ],
    [
      '/api/sessions/end',
      route({ method: 'POST', who: 'signed-in', rate: 'usual', body: session }, async (asked) => {
        const who = whoAsks(asked);
        if (asked.body.id === who.idHash)
          throw new ProblemError('bad-message', 'This is the session you are using. Sign out instead.');
        if (!(await sessions.endOther(who, asked.body.id)))
          throw new ProblemError('not-found', 'You are not signed in there any more.');
        return accountOf(asked);
      }),
    ],
    [
      '/api/sessions/end-others',
      route({ method: 'POST', who: 'signed-in', rate: 'usual', body: nothing }, async (asked) => {
        await sessions.endOthers(whoAsks(asked));
        return accountOf(asked);
      }),
    ],
  ]);
}
