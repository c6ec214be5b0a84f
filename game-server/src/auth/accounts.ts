import type { GithubRepository, Identity, IdentityRepository } from '@chatmux/db';
import {
  type About,
  type Account,
  type accountRequests,
  type Look,
  ProblemError,
  type Shows,
} from '@chatmux/schema';
import type { z } from 'zod';
import { AccountEvents } from './account-events.ts';
import { Github, type GithubSettings } from './github.ts';
import { hashSecret } from './hash-secret.ts';
import { Passkeys } from './passkeys.ts';
import { newRecoveryCodes } from './recovery-codes.ts';
import { Sessions, type SignedIn } from './sessions.ts';
import { SingleUse } from './single-use.ts';

/** A ticket is of use for so long. */
const TICKET_MS = 30_000;

/** Somebody signed in, as a room knows them. */
export interface Visitor {
  readonly identity: Identity;
  /** The session they are signed in by. */
  readonly idHash: string;
}

const gone = () => new ProblemError('signed-out', 'You are not signed in any more.');

/** What people may do with their identity, whatever way it was asked. */
export class Accounts {
  readonly sessions: Sessions;
  readonly passkeys: Passkeys;
  /** Undefined where it is not set up. */
  readonly github: Github | undefined;
  readonly events = new AccountEvents();
  private readonly tickets = new SingleUse<string>(TICKET_MS);
  private readonly identities: IdentityRepository;
  readonly now: () => number;

  /** @param now wall clock, in milliseconds @param github where people may sign in by it */
  constructor(
    identities: IdentityRepository,
    sessions: ConstructorParameters<typeof Sessions>[0],
    now: () => number,
    github?: {
      readonly settings: GithubSettings;
      readonly repository: GithubRepository;
      onTrouble?(error: unknown): void;
    },
  ) {
    this.identities = identities;
    this.now = now;
    this.sessions = new Sessions(sessions, this.events, now);
    this.passkeys = new Passkeys(identities, now);
    this.github = github && new Github(github.settings, github.repository, now, github.onTrouble);
  }

  /** Somebody as they see themselves. @throws ProblemError `signed-out` when they are gone */
  async describe(id: string, hereHash: string): Promise<Account> {
    const identity = await this.identities.find(id);
    if (!identity) throw gone();
    const [passkeys, codesLeft, sessions, link] = await Promise.all([
      this.identities.passkeysOf(id),
      this.identities.codesLeft(id),
      this.sessions.of(id),
      this.github?.linkOf(id),
    ]);
    const { name, colour, createdAt, shows, pronouns, about } = identity;
    return {
      id,
      name,
      colour,
      createdAt,
      shows,
      pronouns,
      about,
      codesLeft,
      ...(link && {
        github: {
          host: link.host,
          login: link.login,
          linkedAt: link.linkedAt,
          ...(link.usedAt !== undefined && { usedAt: link.usedAt }),
        },
      }),
      passkeys: passkeys.map((passkey) => ({
        id: passkey.id,
        name: passkey.name,
        rpId: passkey.rpId,
        createdAt: passkey.createdAt,
        ...(passkey.usedAt !== undefined && { usedAt: passkey.usedAt }),
      })),
      sessions: sessions
        .map(({ idHash, device, createdAt: since, usedAt }) => ({
          id: idHash,
          device,
          createdAt: since,
          usedAt,
          here: idHash === hereHash,
        }))
        .sort((one, two) => Number(two.here) - Number(one.here)),
    };
  }

  /** Ends the ceremony of a new passkey. @returns codes for somebody new, who has none yet */
  async register(
    answer: z.output<typeof accountRequests.register>,
    device: string,
    signedIn: Identity | undefined,
  ): Promise<{ id: string; codes: string[] }> {
    const { codes, hashes } = newRecoveryCodes();
    const { id, isNew } = await this.passkeys.finishRegistration(answer, device, signedIn, hashes);
    return { id, codes: isNew ? codes : [] };
  }

  /** @returns whose code it was, which is of no use any more @throws ProblemError `not-yours` */
  async recover(code: string): Promise<string> {
    const id = await this.identities.takeCode(hashSecret(code));
    if (id === undefined)
      throw new ProblemError('not-yours', 'This recovery code is not known, or was used already.');
    return id;
  }

  /** A new set of codes; those before are of no use any more. @throws ProblemError `signed-out` */
  async newCodes(id: string): Promise<string[]> {
    const { codes, hashes } = newRecoveryCodes();
    if (!(await this.identities.setCodes(id, hashes, this.now()))) throw gone();
    return codes;
  }

  /** @throws ProblemError `signed-out` */
  async setLook(id: string, look: Look): Promise<void> {
    if (!(await this.identities.setLook(id, look, this.now()))) throw gone();
    this.events.emit('look', id, look);
  }

  /** @throws ProblemError `signed-out` */
  async setAbout(id: string, about: About): Promise<void> {
    if (!(await this.identities.setAbout(id, about))) throw gone();
    this.events.emit('about', id, about);
  }

  /** @throws ProblemError `signed-out` */
  async setShows(id: string, shows: Shows): Promise<void> {
    if (!(await this.identities.setShows(id, shows))) throw gone();
    this.events.emit('shows', id, shows);
  }

  /** @throws ProblemError `not-found`, or `last-one` for the only passkey there is */
  async removePasskey(identityId: string, id: string): Promise<void> {
    const result = await this.identities.removePasskey(identityId, id);
    if (result === 'not-found') throw new ProblemError('not-found', 'You have no such passkey.');
    if (result === 'last')
      throw new ProblemError(
        'last-one',
        'Nothing else signs you in. Add another passkey before you remove this one.',
      );
  }

  /** @returns what shows a room, once and for half a minute, who is signed in here */
  ticketFor({ idHash }: SignedIn): string {
    return this.tickets.begin(idHash, this.now());
  }

  /** @returns whose ticket it was; undefined where it was used, or is over, or they have signed out since */
  async redeem(ticket: string): Promise<Visitor | undefined> {
    const idHash = this.tickets.take(ticket, this.now());
    const identity = idHash === undefined ? undefined : await this.sessions.ownerOf(idHash);
    return identity && idHash !== undefined ? { identity, idHash } : undefined;
  }

  /** Deletes somebody for good, wherever they are signed in. */
  async delete({ identity }: SignedIn): Promise<void> {
    await this.identities.delete(identity.id);
    this.events.emit('signed-out', { identityId: identity.id, isOver: () => true });
  }
}
