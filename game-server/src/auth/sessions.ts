import type { Identity, SessionRepository } from '@chatmux/db';
import { Lucia, TimeSpan } from 'lucia';
import type { AccountEvents } from './account-events.ts';
import { hashSecret } from './hash-secret.ts';
import { luciaAdapter } from './lucia-adapter.ts';
import { PLAIN_NAME, SECURE_NAME, secretIn } from './session-cookie.ts';

/** A session ends when it was not used for so long; used in the second half of it, it lasts as long again. */
const LASTS = new TimeSpan(30, 'd');
/** Last use is kept to the minute: a write with each request would be for nothing. */
const USED_MS = 60_000;
/** What can't be undone may be done for so long after one showed who one is. */
const CONFIRMED_MS = 10 * 60_000;
/** Sessions one identity may have. */
const MOST_SESSIONS = 50;

/** Whoever asks, and by which session. */
export interface SignedIn {
  readonly identity: Identity;
  readonly idHash: string;
  /** By a cookie that travels over HTTPS alone. */
  readonly secure: boolean;
  /** They have shown who they are a moment ago: nobody just found this browser open. */
  readonly confirmed: boolean;
}

/** Who is signed in where: cookies in, cookies out. Lucia makes, checks and prolongs; the repository keeps. */
export class Sessions {
  private readonly repository: SessionRepository;
  private readonly events: AccountEvents;
  private readonly now: () => number;
  private readonly secure: Lucia;
  private readonly plain: Lucia;

  /** @param events told of sessions that end @param now wall clock, in milliseconds */
  constructor(repository: SessionRepository, events: AccountEvents, now: () => number) {
    this.repository = repository;
    this.events = events;
    this.now = now;
    const adapter = luciaAdapter(repository, now, MOST_SESSIONS, (identityId, ended) =>
      this.tellEnded(identityId, (one) => ended.includes(one)),
    );
    const lucia = (name: string, secure: boolean) =>
      new Lucia(adapter, {
        sessionExpiresIn: LASTS,
        sessionCookie: { name, attributes: { secure, sameSite: 'lax', path: '/' } },
        getUserAttributes: (attributes) => attributes,
        getSessionAttributes: ({ usedAt, confirmedAt }) => ({ usedAt, confirmedAt }),
      }) as Lucia;
    this.secure = lucia(SECURE_NAME, true);
    this.plain = lucia(PLAIN_NAME, false);
  }

  /**
   * @param secure the page came over HTTPS
   * @returns the cookie to set, and what the session is known by
   * @throws ProblemError `signed-out` where there is nobody of that identity any more
   */
  async begin(
    identityId: string,
    device: string,
    secure: boolean,
  ): Promise<{ cookie: string; idHash: string }> {
    const now = this.now();
    const lucia = this.lucia(secure);
    const { id } = await lucia.createSession(identityId, {
      device,
      createdAt: now,
      usedAt: now,
      confirmedAt: now,
    });
    return { cookie: lucia.createSessionCookie(id).serialize(), idHash: hashSecret(id) };
  }

  /**
   * Who sends this cookie header.
   * @param isHere the server was asked at an address of this machine, which is where sessions over plain HTTP are made
   * @returns undefined where nobody is signed in; `cookie` where it has to be set anew, since it lasts longer now or is over
   */
  async check(
    header: string | undefined,
    isHere: boolean,
  ): Promise<{ signedIn?: SignedIn | undefined; cookie?: string | undefined }> {
    if (header === undefined) return {};
    // The one that travels safely comes first: over plain HTTP anybody on the way may have set the other.
    for (const secure of isHere ? [true, false] : [true]) {
      const lucia = this.lucia(secure);
      const secret = secretIn(header, secure ? SECURE_NAME : PLAIN_NAME);
      if (secret === undefined) continue;
      const { session, user } = await lucia.validateSession(secret);
      if (!session) return { cookie: lucia.createBlankSessionCookie().serialize() };
      const idHash = hashSecret(secret);
      const { usedAt, confirmedAt } = session as typeof session & { usedAt: number; confirmedAt: number };
      const now = this.now();
      if (now - usedAt >= USED_MS) await this.repository.used(idHash, now);
      const identity = { ...user } as Identity;
      return {
        signedIn: { identity, idHash, secure, confirmed: now - confirmedAt < CONFIRMED_MS },
        cookie: session.fresh ? lucia.createSessionCookie(secret).serialize() : undefined,
      };
    }
    return {};
  }

  /** Whoever sits there has shown who they are. */
  confirm({ idHash }: SignedIn): Promise<void> {
    return this.repository.confirmed(idHash, this.now());
  }

  /** Signs out here. @returns the cookie to set */
  async end({ identity, idHash, secure }: SignedIn): Promise<string> {
    await this.repository.remove(idHash);
    this.tellEnded(identity.id, (one) => one === idHash);
    return this.lucia(secure).createBlankSessionCookie().serialize();
  }

  /** Ends one of one's own. False where there is none of that name. */
  async endOther({ identity }: SignedIn, idHash: string): Promise<boolean> {
    const was = await this.repository.remove(idHash, identity.id);
    if (was) this.tellEnded(identity.id, (one) => one === idHash);
    return was;
  }

  /** Signs out everywhere else. */
  async endOthers({ identity, idHash }: SignedIn): Promise<void> {
    await this.repository.removeAllOf(identity.id, idHash);
    this.tellEnded(identity.id, (one) => one !== idHash);
  }

  /** Whose session it is. Undefined where it is over. */
  async ownerOf(idHash: string): Promise<Identity | undefined> {
    const found = await this.repository.find(idHash);
    return found && found.session.expiresAt > this.now() ? found.identity : undefined;
  }

  private tellEnded(identityId: string, isOver: (idHash: string) => boolean): void {
    this.events.emit('signed-out', { identityId, isOver });
  }

  /** Where somebody is signed in. */
  of(identityId: string) {
    return this.repository.of(identityId, this.now());
  }

  /** Those that are over are told as any that end: somebody may still stand in a world by one. */
  async removeExpired(): Promise<void> {
    for (const { identityId, idHash } of await this.repository.removeExpired(this.now()))
      this.tellEnded(identityId, (one) => one === idHash);
  }

  private lucia(secure: boolean): Lucia {
    return secure ? this.secure : this.plain;
  }
}
