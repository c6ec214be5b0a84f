import type { Account } from '@chatmux/schema';
import type { z } from 'zod';
import type { SignedIn } from '../../auth/sessions.ts';

/** What a route is told of the request it answers. */
export interface Asked<Body> {
  readonly body: Body;
  /** Who asks, if they are signed in. */
  readonly signedIn: SignedIn | undefined;
  /** What the browser calls itself, in words. */
  readonly device: string;
  /** Of the page that asks, which is ours. @throws TypeError in a GET, where browsers don't say */
  origin(): string;
  /** What the browser keeps under a name: 16 random bytes in base64url. Undefined where it keeps nothing of that shape. */
  cookie(name: string): string | undefined;
  setCookie(cookie: string): void;
}

/** One thing that may be asked at `/api/…`. */
export interface Route {
  readonly method: 'GET' | 'POST';
  /** Whom it is for; anybody else is refused. `confirmed`: signed in, and has shown who they are a moment ago. */
  readonly who: 'anyone' | 'signed-out' | 'signed-in' | 'confirmed';
  /** `costly`: checks secrets or makes somebody, and is worth guessing at. */
  readonly rate: 'usual' | 'costly';
  answer(asked: Asked<unknown>): Promise<object>;
}

/** A route whose body has a shape; one that hasn't is refused before it comes here. */
export function route<Schema extends z.ZodType>(
  { body, ...rest }: Pick<Route, 'method' | 'who' | 'rate'> & { readonly body: Schema },
  answer: (asked: Asked<z.output<Schema>>) => Promise<object>,
): Route {
  return { ...rest, answer: (asked) => answer({ ...asked, body: body.parse(asked.body) }) };
}

/** Who asks. @throws TypeError in a route that is not for those who are signed in */
export function whoAsks({ signedIn }: Asked<unknown>): SignedIn {
  if (!signedIn) throw new TypeError('this route is for whoever is signed in');
  return signedIn;
}

/** What most routes answer. */
export interface AccountAnswer {
  readonly account: Account;
}
