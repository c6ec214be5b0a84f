import type { Identity, SessionRepository } from '@chatmux/db';
import { Lucia, TimeSpan } from 'lucia';
import { hashSecret } from './hash-secret.ts';
import { luciaAdapter } from './lucia-adapter.ts';

/** A session ends when it was not used for so long; used in the second half of it, it lasts as long again. */
const LASTS = new TimeSpan(30, 'd');
/** Last use is kept to the minute: a write with each request would be for nothing. */
const USED_MS = 60_000;
/** `__Host-`: browsers take it from this very host alone, over HTTPS alone (RFC 6265bis, 4.1.3.2). */
const SECURE_NAME = '__Host-chatmux';
/** Over plain HTTP, which is for localhost: not every browser would take the other there. */
const PLAIN_NAME = 'chatmux';

/** Whoever asks, and by which session. */
export interface SignedIn {
  readonly identity: Identity;
  readonly idHash: string;
  /** By a cookie that travels over HTTPS alone. */
  readonly secure: boolean;
}

/** Who is signed in where: cookies in, cookies out. Lucia makes, checks and prolongs; the repository keeps. */
export class Sessions {
  private readonly repository: SessionRepository;
  private readonly now: () => number;
  private readonly secure: Lucia;
  private readonly plain: Lucia;

  constructor(repository: SessionRepository, now: () => number) {
    this.repository = repository;
    this.now = now;
    const adapter = luciaAdapter(repository, now);
    const lucia = (name: string, secure: boolean) =>
      new Lucia(adapter, {
        sessionExpiresIn: LASTS,
        sessionCookie: { name, attributes: { secure, sameSite: 'lax', path: '/' } },
        getUserAttributes: (attributes) => attributes,
        getSessionAttributes: ({ usedAt }) => ({ usedAt }),
      }) as Lucia;
    this.secure = lucia(SECURE_NAME, true);
    this.plain = lucia(PLAIN_NAME, false);
  }

  /** @param secure the page came over HTTPS @returns the cookie to set */
  async begin(identityId: string, device: string, secure: boolean): Promise<string> {
    const now = this.now();
    const lucia = this.lucia(secure);
    const session = await lucia.createSession(identityId, { device, createdAt: now, usedAt: now });
    return lucia.createSessionCookie(session.id).serialize();
  }

  /**
   * Who sends this cookie header.
   * @returns undefined where nobody is signed in; `cookie` where it has to be set anew, since it lasts longer now or is over
   */
  async check(
    header: string | undefined,
  ): Promise<{ signedIn?: SignedIn | undefined; cookie?: string | undefined }> {
    if (header === undefined) return {};
    // The one that travels safely comes first: over plain HTTP anybody on the way may have set the other.
    for (const secure of [true, false]) {
      const lucia = this.lucia(secure);
      const secret = lucia.readSessionCookie(header);
      if (!secret) continue;
      const { session, user } = await lucia.validateSession(secret);
      if (!session) return { cookie: lucia.createBlankSessionCookie().serialize() };
      const idHash = hashSecret(secret);
      const { usedAt } = session as typeof session & { usedAt: number };
      const now = this.now();
      if (now - usedAt >= USED_MS) await this.repository.used(idHash, now);
      const identity = { ...user } as Identity;
      return {
        signedIn: { identity, idHash, secure },
        cookie: session.fresh ? lucia.createSessionCookie(secret).serialize() : undefined,
      };
    }
    return {};
  }

  /** Signs out here. @returns the cookie to set */
  async end({ idHash, secure }: SignedIn): Promise<string> {
    await this.repository.remove(idHash);
    return this.lucia(secure).createBlankSessionCookie().serialize();
  }

  /** Ends one of one's own. False where there is none of that name. */
  endOther({ identity }: SignedIn, idHash: string): Promise<boolean> {
    return this.repository.remove(idHash, identity.id);
  }

  /** Signs out everywhere else. */
  endOthers({ identity, idHash }: SignedIn): Promise<void> {
    return this.repository.removeAllOf(identity.id, idHash);
  }

  /** Where somebody is signed in. */
  of(identityId: string) {
    return this.repository.of(identityId, this.now());
  }

  removeExpired(): Promise<void> {
    return this.repository.removeExpired(this.now());
  }

  private lucia(secure: boolean): Lucia {
    return secure ? this.secure : this.plain;
  }
}
