import type { Accounts } from '../../auth/accounts.ts';
import type { AccountAnswer, Asked } from './route.ts';
import { isHttps } from './site-of.ts';

/** Signs somebody in with this answer. A session that was there ends: each sign-in has a secret of its own. */
export async function signInAs(
  accounts: Accounts,
  id: string,
  { device, origin, signedIn, setCookie }: Asked<unknown>,
): Promise<AccountAnswer> {
  const { sessions } = accounts;
  if (signedIn) await sessions.end(signedIn);
  const { cookie, idHash } = await sessions.begin(id, device, isHttps(origin()));
  setCookie(cookie);
  return { account: await accounts.describe(id, idHash) };
}
