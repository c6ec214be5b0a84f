import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { GithubAccount, GithubLink, GithubRepository } from '@chatmux/db';
import { type Look, NAME_MAX_LENGTH, nameSchema, ProblemError } from '@chatmux/schema';
import { CodeChallengeMethod, generateCodeVerifier, OAuth2Client } from 'arctic';
import { z } from 'zod';
import { SingleUse } from './single-use.ts';

/** Where GitHub is, and as whom we ask there. */
export interface GithubSettings {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where people agree: https://github.com, or a GitHub Enterprise server. */
  readonly url: string;
  /** Where its API is. */
  readonly apiUrl: string;
}

/** Whoever sits there has so long to agree at GitHub. */
const AGREE_MS = 10 * 60_000;
/** GitHub has so long for each answer. */
const ANSWER_MS = 8_000;
/** Path of our page to which GitHub sends people back. */
const BACK = '/sign-in/github';

/** Name of the cookie that tells the browser in which it was begun; `__Host-` as with sessions. */
export const githubCookieName = (secure: boolean) => (secure ? '__Host-chatmux-github' : 'chatmux-github');

/** One that was begun. */
interface Begun {
  readonly verifier: string;
  readonly origin: string;
  /** Of the secret in the cookie of the browser in which it was begun. */
  readonly secretHash: Buffer;
  /** Whom it is for; undefined where somebody signs in. */
  readonly identityId: string | undefined;
  readonly colour: number;
}

/** What GitHub sends somebody back with (RFC 6749, 4.1.2). */
export interface GithubAnswer {
  readonly state: string;
  readonly code?: string | undefined;
  readonly error?: string | undefined;
}

const userSchema = z.object({
  id: z.int().positive(),
  login: z.string().min(1).max(100),
  name: z.string().nullish(),
});

const over = () => new ProblemError('stale', 'This was used already, or took too long. Please begin again.');
const away = (cause: unknown) =>
  new ProblemError('not-ready', 'GitHub does not answer as it should. Please try again in a while.', {
    cause,
  });

/**
 * Signs people in by GitHub: authorization code with PKCE (RFC 6749, RFC 7636) and a state that counts once, in the browser
 * it was begun in. What GitHub gives is used to ask who they are, once, and kept nowhere.
 */
export class Github {
  readonly settings: GithubSettings;
  private readonly repository: GithubRepository;
  private readonly now: () => number;
  private readonly onTrouble: (error: unknown) => void;
  private readonly begun = new SingleUse<Begun>(AGREE_MS);
  private readonly host: string;

  /**
   * @param now wall clock, in milliseconds
   * @param onTrouble told why GitHub did not say who somebody is: they are not, and whoever runs this place can mend it
   */
  constructor(
    settings: GithubSettings,
    repository: GithubRepository,
    now: () => number,
    onTrouble: (error: unknown) => void = () => undefined,
  ) {
    this.onTrouble = onTrouble;
    this.settings = settings;
    this.repository = repository;
    this.now = now;
    this.host = new URL(settings.url).host;
  }

  /**
   * @param origin of our page, to which they come back
   * @param identityId whom the account is to be linked with; undefined where somebody signs in
   * @returns where to go, and what the browser is to keep meanwhile
   */
  begin(origin: string, identityId: string | undefined, colour = 0): { url: string; secret: string } {
    const verifier = generateCodeVerifier();
    const secret = randomBytes(16).toString('base64url');
    const state = this.begun.begin(
      { verifier, origin, secretHash: hash(secret), identityId, colour },
      this.now(),
    );
    // No scope: who they are is public.
    const url = this.client(origin).createAuthorizationURLWithPKCE(
      `${this.settings.url}/login/oauth/authorize`,
      state,
      CodeChallengeMethod.S256,
      verifier,
      [],
    );
    return { url: url.href, secret };
  }

  /**
   * Somebody has come back.
   * @param secret what their browser kept @param signedInId who is signed in there
   * @returns who they are here: whom to sign in, or who was signed in and has it linked now
   * @throws ProblemError `stale`, `not-yours` or `not-ready`, each with a sentence for them
   */
  async finish(
    { state, code, error }: GithubAnswer,
    secret: string | undefined,
    signedInId: string | undefined,
  ): Promise<{ id: string; linked: boolean }> {
    const begun = this.begun.take(state, this.now());
    if (!begun) throw over();
    if (secret === undefined || !timingSafeEqual(hash(secret), begun.secretHash))
      throw new ProblemError('stale', 'This was begun in another browser. Please begin again in this one.');
    if (error === 'access_denied')
      throw new ProblemError('not-yours', 'You called it off at GitHub. Nothing was changed here.');
    if (error !== undefined || code === undefined) {
      this.onTrouble(error ?? 'no code');
      throw new ProblemError('not-ready', 'GitHub did not say who you are. Please try again.');
    }
    if (begun.identityId !== undefined && begun.identityId !== signedInId)
      throw new ProblemError('stale', 'You have signed out or in meanwhile. Please begin again.');
    const { account, look } = await this.whoIs(begun, code);
    if (begun.identityId === undefined) return { id: await this.signIn(account, look), linked: false };
    await this.link(begun.identityId, account);
    return { id: begun.identityId, linked: true };
  }

  /** @throws ProblemError `not-found`, or `last-one` where nothing else signs them in */
  async unlink(identityId: string): Promise<void> {
    const result = await this.repository.unlink(identityId);
    if (result === 'not-found') throw new ProblemError('not-found', 'No account at GitHub signs you in.');
    if (result === 'last')
      throw new ProblemError(
        'last-one',
        'Nothing else signs you in. Add a passkey before you unlink GitHub.',
      );
  }

  linkOf(identityId: string): Promise<GithubLink | undefined> {
    return this.repository.linkOf(identityId);
  }

  private async signIn(account: GithubAccount, look: Look): Promise<string> {
    const known = await this.repository.used(account, this.now());
    if (known !== undefined) return known;
    const made = await this.repository.create(
      { id: randomBytes(16).toString('base64url'), ...look },
      account,
      this.now(),
    );
    // Two windows at once: the other one made them.
    const id = made?.id ?? (await this.repository.used(account, this.now()));
    if (id === undefined) throw over();
    return id;
  }

  private async link(identityId: string, account: GithubAccount): Promise<void> {
    const result = await this.repository.link(identityId, account, this.now());
    if (result === 'nobody') throw new ProblemError('signed-out', 'You are not signed in any more.');
    if (result === 'taken')
      throw new ProblemError('not-yours', `${account.login} at GitHub signs in another identity here.`);
    if (result === 'has-one')
      throw new ProblemError('not-yours', 'Another account at GitHub signs you in. Unlink that one first.');
  }

  /** Asks GitHub who has agreed. @throws ProblemError */
  private async whoIs(begun: Begun, code: string): Promise<{ account: GithubAccount; look: Look }> {
    let said: z.output<typeof userSchema>;
    try {
      const { url, apiUrl } = this.settings;
      const tokens = await inTime(
        this.client(begun.origin).validateAuthorizationCode(
          `${url}/login/oauth/access_token`,
          code,
          begun.verifier,
        ),
      );
      const response = await fetch(`${apiUrl}/user`, {
        headers: {
          Authorization: `Bearer ${tokens.accessToken()}`,
          Accept: 'application/vnd.github+json',
          'User-Agent': 'chatMUX',
        },
        redirect: 'error',
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      if (!response.ok) throw new Error(`GitHub answered ${response.status}`);
      said = userSchema.parse(await response.json());
    } catch (error) {
      this.onTrouble(error);
      throw away(error);
    }
    const { id: githubId, login } = said;
    return {
      account: { host: this.host, githubId, login },
      look: { name: nameOf(said.name, login), colour: begun.colour },
    };
  }

  private client(origin: string): OAuth2Client {
    const { clientId, clientSecret } = this.settings;
    return new OAuth2Client(clientId, clientSecret, `${origin}${BACK}`);
  }
}

/** Who signed in by GitHub, as they are shown here. */
function nameOf(name: string | null | undefined, login: string): string {
  for (const one of [name ?? '', login]) {
    const read = nameSchema.safeParse([...one].slice(0, NAME_MAX_LENGTH).join(''));
    if (read.success) return read.data;
  }
  return 'Somebody';
}

const hash = (secret: string) => createHash('sha256').update(secret).digest();

/** The library has no limit of its own. */
async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('GitHub did not answer in time')), ANSWER_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
