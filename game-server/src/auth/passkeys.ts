import { randomBytes } from 'node:crypto';
import type { Identity, IdentityRepository, NewPasskey } from '@chatmux/db';
import { type accountRequests, type Look, ProblemError } from '@chatmux/schema';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { decodeAttestationObject, isoBase64URL } from '@simplewebauthn/server/helpers';
import type { z } from 'zod';
import { SingleUse } from './single-use.ts';

/** The site a page belongs to, as browsers tell it apart (WebAuthn Level 3, 5.1.2). */
export interface Site {
  /** Its domain. */
  readonly rpId: string;
  /** The page's origin: scheme, domain, port. */
  readonly origin: string;
}

type Waiting =
  | { readonly does: 'register'; readonly challenge: string; readonly site: Site; readonly who: Registrant }
  | {
      readonly does: 'sign-in';
      readonly challenge: string;
      readonly site: Site;
      /** Who has to answer, where that is said. */
      readonly who: string | undefined;
    };

/** Somebody who adds a passkey, or somebody new. */
interface Registrant {
  readonly id: string;
  readonly look: Look;
  readonly isNew: boolean;
}

const SITE_NAME = 'chatMUX';
/** A ceremony is over after so long: people look for their phone meanwhile. */
const CEREMONY_MS = 5 * 60_000;
/**
 * ES256, EdDSA, RS256 (IANA COSE Algorithms), as Level 3 asks of every site (5.4). The library would offer ML-DSA as well,
 * which is an experiment in Node still: who has such a key must be able to sign in tomorrow.
 */
const ALGORITHMS = [-7, -8, -257];
/** Passkeys one identity may have. */
const MOST_PASSKEYS = 20;

/** Bytes of a credential id, at most (Level 3, 7.1, step 25). */
const MOST_ID_BYTES = 1023;

const over = () => new ProblemError('stale', 'That took too long, or was done already. Please begin again.');
const tooMany = () =>
  new ProblemError('too-many', `There can be ${MOST_PASSKEYS} passkeys. Remove one first.`);
const refused = () => new ProblemError('not-yours', 'This passkey was not accepted.');

/**
 * Registering passkeys and signing in by them (WebAuthn Level 3, 7.1 and 7.2). A passkey has to be discoverable, so that
 * nobody types a name, and verifies its user, so that it is two factors in one.
 */
export class Passkeys {
  private readonly identities: IdentityRepository;
  private readonly now: () => number;
  private readonly ceremonies = new SingleUse<Waiting>(CEREMONY_MS);

  /** @param now wall clock, in milliseconds */
  constructor(identities: IdentityRepository, now: () => number) {
    this.identities = identities;
    this.now = now;
  }

  /** @param who who is signed in and adds one, or how somebody new looks @throws ProblemError `too-many` */
  async beginRegistration(site: Site, who: Identity | Look) {
    const registrant: Registrant =
      'id' in who
        ? { id: who.id, look: who, isNew: false }
        : { id: randomBytes(16).toString('base64url'), look: who, isNew: true };
    const known = registrant.isNew ? [] : await this.identities.passkeysOf(registrant.id);
    if (known.length >= MOST_PASSKEYS) throw tooMany();
    const options = await generateRegistrationOptions({
      rpName: SITE_NAME,
      rpID: site.rpId,
      userID: new Uint8Array(Buffer.from(registrant.id, 'base64url')),
      userName: registrant.look.name,
      userDisplayName: registrant.look.name,
      attestationType: 'none',
      supportedAlgorithmIDs: ALGORITHMS,
      // One on each device: a second would only confuse.
      excludeCredentials: known.map(({ id, transports }) => ({ id, transports: [...transports] })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
    const waiting: Waiting = { does: 'register', challenge: options.challenge, site, who: registrant };
    return { ceremony: this.ceremonies.begin(waiting, this.now()), options };
  }

  /**
   * @param device what it is called where it got no name
   * @param codeHashes of somebody new
   * @throws ProblemError `stale`, or `not-yours` for what does not verify
   */
  async finishRegistration(
    { ceremony, passkey, passkeyName }: z.output<typeof accountRequests.register>,
    device: string,
    signedIn: Identity | undefined,
    codeHashes: readonly string[],
  ): Promise<{ id: string; isNew: boolean }> {
    const waiting = this.ceremonies.take(ceremony, this.now());
    if (waiting?.does !== 'register') throw over();
    const { who, challenge, site } = waiting;
    // Whoever began it as somebody has to be them still; whoever began it as nobody may not be somebody meanwhile.
    if (signedIn?.id !== (who.isNew ? undefined : who.id)) throw over();
    const made = await verified(() => {
      checkAttestation(passkey.response.attestationObject);
      return verifyRegistrationResponse({
        response: passkey as Parameters<typeof verifyRegistrationResponse>[0]['response'],
        expectedChallenge: challenge,
        expectedOrigin: site.origin,
        expectedRPID: site.rpId,
        requireUserVerification: true,
        supportedAlgorithmIDs: ALGORITHMS,
      });
    });
    const credential = made.registrationInfo?.credential;
    if (!made.verified || !credential || credential.id !== passkey.id) throw refused();
    if (isoBase64URL.toBuffer(credential.id).length > MOST_ID_BYTES) throw refused();
    const { id, publicKey, counter, transports = [] } = credential;
    const row: NewPasskey = {
      id,
      publicKey,
      counter,
      transports,
      rpId: site.rpId,
      name: passkeyName ?? device,
    };
    const now = this.now();
    if (who.isNew) {
      if (!(await this.identities.create({ ...who.look, id: who.id }, row, codeHashes, now))) throw refused();
      return who;
    }
    const kept = await this.identities.addPasskey(who.id, row, MOST_PASSKEYS, now);
    if (kept === 'full') throw tooMany();
    if (kept !== 'added') throw refused();
    return who;
  }

  /** @param who only one of theirs will do @default anybody's, who is known by it */
  async beginSignIn(site: Site, who?: string) {
    const known = who === undefined ? [] : await this.identities.passkeysOf(who);
    const options = await generateAuthenticationOptions({
      rpID: site.rpId,
      userVerification: 'required',
      allowCredentials: known.map(({ id, transports }) => ({ id, transports: [...transports] })),
    });
    const waiting: Waiting = { does: 'sign-in', challenge: options.challenge, site, who };
    return { ceremony: this.ceremonies.begin(waiting, this.now()), options };
  }

  /** @returns whose passkey it is @throws ProblemError `stale`, `not-found`, or `not-yours` for what does not verify */
  async finishSignIn({ ceremony, passkey }: z.output<typeof accountRequests.signIn>): Promise<string> {
    const waiting = this.ceremonies.take(ceremony, this.now());
    if (waiting?.does !== 'sign-in') throw over();
    const known = await this.identities.passkey(passkey.id);
    if (!known)
      throw new ProblemError(
        'not-found',
        'This passkey belongs to nobody here: it was removed, or its owner is gone.',
      );
    const { site, challenge, who } = waiting;
    const { userHandle } = passkey.response;
    // Keys that were asked for by name may leave out whose they are (7.2, step 6).
    const claimed = userHandle ?? who;
    if (claimed !== known.identityId || (who !== undefined && who !== known.identityId)) throw refused();
    const answer = await verified(() =>
      verifyAuthenticationResponse({
        response: passkey as Parameters<typeof verifyAuthenticationResponse>[0]['response'],
        expectedChallenge: challenge,
        expectedOrigin: site.origin,
        expectedRPID: site.rpId,
        requireUserVerification: true,
        // A counter that does not grow shows a copied key (7.2, step 22): it is refused in there.
        credential: { ...known, transports: [...known.transports] },
      }),
    );
    if (!answer.verified || known.rpId !== site.rpId) throw refused();
    const { newCounter } = answer.authenticationInfo;
    if (!(await this.identities.passkeyUsed(known.id, newCounter, this.now()))) throw refused();
    return known.identityId;
  }
}

/**
 * We ask for no attestation, so none with certificates is due. The library would follow those: it fetches lists of revoked
 * ones from wherever the certificate says, which whoever sends it chooses.
 * @throws Error on another attestation than none, or than one by the key itself (WebAuthn Level 3, 8.2 and 8.7)
 */
function checkAttestation(attestationObject: string): void {
  const attestation = decodeAttestationObject(isoBase64URL.toBuffer(attestationObject));
  const format: unknown = attestation.get('fmt');
  const isBySelf = format === 'packed' && attestation.get('attStmt').get('x5c') === undefined;
  if (format !== 'none' && !isBySelf) throw new Error('an attestation that was not asked for');
}

/** The library throws for whatever does not fit; only its kind is of use to anybody. */
async function verified<T>(verify: () => Promise<T>): Promise<T> {
  try {
    return await verify();
  } catch (error) {
    throw new ProblemError('not-yours', 'This passkey was not accepted.', { cause: error });
  }
}
