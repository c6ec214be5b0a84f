import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

interface Creation {
  readonly challenge: string;
  readonly rp: { readonly id?: string };
  readonly user: { readonly id: string };
}
interface Request {
  readonly challenge: string;
  readonly rpId?: string;
}
interface Credential {
  readonly id: Buffer;
  readonly rpId: string;
  readonly userHandle: string;
  readonly key: KeyObject;
  counter: number;
}

const PRESENT = 0x01;
const VERIFIED = 0x04;
const ATTESTED = 0x40;
const sha256 = (data: Buffer | string) => createHash('sha256').update(data).digest();
const text = (word: string) => Buffer.concat([Buffer.of(0x60 | word.length), Buffer.from(word)]);

/** How a key vouches for itself: not at all, by its own signature, or as an attacker who writes anything would. */
type Attestation = 'none' | 'self' | { readonly format: string; readonly statement: Buffer };

const bytes = (data: Buffer) => Buffer.concat([Buffer.of(0x59, data.length >> 8, data.length & 255), data]);
/** A statement with certificates (`x5c`), for formats that have them. */
export const CERTIFICATES = Buffer.concat([
  Buffer.of(0xa1),
  text('x5c'),
  Buffer.of(0x81),
  bytes(randomBytes(300)),
]);

/** A security key in software, for tests without a browser: ES256 (WebAuthn Level 3, 6.1 and 6.5). */
export class SoftAuthenticator {
  readonly origin: string;
  /** What is claimed of the person: present, and verified. */
  flags = PRESENT | VERIFIED;
  private readonly credentials: Credential[] = [];

  /** @param origin of the page that asks it */
  constructor(origin: string) {
    this.origin = origin;
  }

  /** @returns RegistrationResponseJSON */
  create({ challenge, rp, user }: Creation, attestation: Attestation = 'none') {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const rpId = rp.id ?? new URL(this.origin).hostname;
    const made: Credential = { id: randomBytes(32), rpId, userHandle: user.id, key: privateKey, counter: 0 };
    this.credentials.push(made);
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    const coordinate = (name: number, value: string) =>
      Buffer.concat([Buffer.of(name, 0x58, 32), Buffer.from(value, 'base64url')]);
    // COSE_Key of RFC 9053: EC2, ES256, P-256.
    const key = Buffer.concat([
      Buffer.of(0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01),
      coordinate(0x21, x),
      coordinate(0x22, y),
    ]);
    const attested = Buffer.concat([Buffer.alloc(16), Buffer.of(0, made.id.length), made.id, key]);
    const authData = Buffer.concat([this.authData(made, this.flags | ATTESTED), attested]);
    const clientData = this.clientData('webauthn.create', challenge);
    const signed = () => sign('sha256', Buffer.concat([authData, sha256(clientData)]), privateKey);
    const { format, statement } =
      attestation === 'none'
        ? { format: 'none', statement: Buffer.of(0xa0) }
        : attestation === 'self'
          ? { format: 'packed', statement: selfStatement(signed()) }
          : attestation;
    const attestationObject = Buffer.concat([
      Buffer.of(0xa3),
      text('fmt'),
      text(format),
      text('attStmt'),
      statement,
      text('authData'),
      bytes(authData),
    ]);
    return this.answer(made, {
      clientDataJSON: clientData.toString('base64url'),
      attestationObject: attestationObject.toString('base64url'),
      transports: ['internal'],
    });
  }

  /** Signs in by a credential. @param nth which one was made @returns AuthenticationResponseJSON */
  get({ challenge }: Request, nth = 0) {
    const made = this.credentials[nth];
    if (!made) throw new RangeError(`there is no credential ${nth}`);
    made.counter += 1;
    const clientData = this.clientData('webauthn.get', challenge);
    const authData = this.authData(made, this.flags);
    const signature = sign('sha256', Buffer.concat([authData, sha256(clientData)]), made.key);
    return this.answer(made, {
      clientDataJSON: clientData.toString('base64url'),
      authenticatorData: authData.toString('base64url'),
      signature: signature.toString('base64url'),
      userHandle: made.userHandle,
    });
  }

  /** As a copy of the key would: what was counted since is not known to it. */
  setCounter(counter: number, nth = 0): void {
    const made = this.credentials[nth];
    if (made) made.counter = counter;
  }

  private authData({ rpId, counter }: Credential, flags: number): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([sha256(rpId), Buffer.of(flags), count]);
  }

  private clientData(type: string, challenge: string): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin: this.origin, crossOrigin: false }));
  }

  private answer<Response extends object>(made: Credential, response: Response) {
    const id = made.id.toString('base64url');
    return { id, rawId: id, type: 'public-key' as const, response, clientExtensionResults: {} };
  }
}

/** Level 3, 8.2: the key signs for itself, by ES256. */
const selfStatement = (signature: Buffer) =>
  Buffer.concat([Buffer.of(0xa2), text('alg'), Buffer.of(0x26), text('sig'), bytes(signature)]);
