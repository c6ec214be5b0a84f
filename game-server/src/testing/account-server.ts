import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  openDatabase,
  sqliteFriends,
  sqliteGithub,
  sqliteIdentities,
  sqliteOrder,
  sqliteSessions,
} from '@chatmux/db';
import { Accounts } from '../auth/accounts.ts';
import type { GithubSettings } from '../auth/github.ts';
import { Friends } from '../friends/friends.ts';
import { apiRoutes } from '../http/api/api-routes.ts';
import { type Answer, ask } from '../http/testing/ask.ts';
import { startWorld } from '../http/testing/start-world.ts';
import { WorldOrder } from '../order/world-order.ts';
import { SoftAuthenticator } from './soft-authenticator.ts';

/** What an answer of the API may hold, for tests to look at. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into it as they expect it to be
type Body = any;

/** Nobody answers there. */
const NO_GITHUB: GithubSettings = {
  clientId: 'chatmux-test',
  clientSecret: 'secret',
  url: 'http://127.0.0.1:9',
  apiUrl: 'http://127.0.0.1:9',
};

/** What `/api/me` says to whoever is not signed in. */
export const NOBODY = { github: true };

/** A server whose identities are in a database of its own; `now` may be moved on. */
export async function startAccountServer({ github = NO_GITHUB }: { github?: GithubSettings } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'chatmux-accounts-'));
  const database = await openDatabase({ file: join(folder, 'chatmux.sqlite') });
  const clock = { ms: Date.now(), steady: 0, stepMs: 60_000 };
  const now = () => clock.ms;
  const troubles: unknown[] = [];
  const { db } = database;
  const accounts = new Accounts(sqliteIdentities(db), sqliteSessions(db), now, {
    settings: github,
    repository: sqliteGithub(db),
    onTrouble: (error: unknown) => troubles.push(error),
  });
  const friends = new Friends(sqliteFriends(database.db), now);
  const order = await WorldOrder.open(sqliteOrder(db), new Map([['plaza', { name: 'Plaza' }]]), now);
  const world = await startWorld({
    api: { routes: apiRoutes(accounts, friends, order), sessions: accounts.sessions },
    // Each question is a minute after the one before, but where limits are tested.
    now: () => {
      clock.steady += clock.stepMs;
      return clock.steady;
    },
  });
  return {
    ...world,
    clock,
    accounts,
    friends,
    order,
    /** What the operator would read of GitHub. */
    troubles,
    db: database.db,
    async stop() {
      await world.stop();
      await database.close();
      rmSync(folder, { recursive: true });
    },
  };
}
export type AccountServer = Awaited<ReturnType<typeof startAccountServer>>;

/** A browser as far as the API sees it: an origin, a cookie jar, an authenticator. */
export class ApiVisitor {
  readonly origin: string;
  readonly key: SoftAuthenticator;
  /** Of the session. */
  cookie: string | undefined;
  /** The other cookies, as `name=value`, by name. */
  private readonly kept = new Map<string, string>();
  private readonly port: number;
  /** Where they come from, as a proxy that is trusted would say it. */
  address: string | undefined;

  constructor({ port }: { port: number }, origin = `http://localhost:${port}`, key?: SoftAuthenticator) {
    this.port = port;
    this.origin = origin;
    this.key = key ?? new SoftAuthenticator(origin);
  }

  async ask(
    path: string,
    body?: object,
    more: { headers?: Record<string, string | undefined>; method?: string } = {},
  ): Promise<Answer & { body: Body }> {
    const headers = {
      Host: `localhost:${this.port}`,
      Origin: this.origin,
      'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/150.0',
      ...(body && { 'Content-Type': 'application/json' }),
      'X-Forwarded-For': this.address,
      Cookie: [this.cookie, ...this.kept.values()].filter(Boolean).join('; ') || undefined,
      ...more.headers,
    };
    const said = Object.entries(headers).filter((each): each is [string, string] => each[1] !== undefined);
    const answer = await ask(this.port, path, {
      method: more.method ?? (body ? 'POST' : 'GET'),
      headers: Object.fromEntries(said),
      ...(body && { body: JSON.stringify(body) }),
    });
    for (const line of answer.headers['set-cookie'] ?? []) {
      const [pair = ''] = line.split(';');
      const [name = ''] = pair.split('=');
      if (name.endsWith('-github')) this.kept.set(name, pair);
      else this.cookie = /Max-Age=0/i.test(line) ? undefined : pair;
    }
    return { ...answer, body: JSON.parse(answer.text) as Body };
  }

  /** Makes an identity. @returns the answer to the last request */
  async join(name = 'Ann') {
    const begun = await this.ask('/api/identity/begin', { name, colour: 3 });
    return this.ask('/api/identity', {
      ceremony: begun.body.ceremony,
      passkey: this.key.create(begun.body.options),
      passkeyName: 'Laptop',
    });
  }

  /** @param nth which of the authenticator's credentials */
  async signIn(nth = 0) {
    const begun = await this.ask('/api/sign-in/begin', {});
    return this.ask('/api/sign-in', {
      ceremony: begun.body.ceremony,
      passkey: this.key.get(begun.body.options, nth),
    });
  }
}
