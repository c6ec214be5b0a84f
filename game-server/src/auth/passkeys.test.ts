import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type IdentityRepository, type OpenDatabase, openDatabase, sqliteIdentities } from '@chatmux/db';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CERTIFICATES, SoftAuthenticator } from '../testing/soft-authenticator.ts';
import { Passkeys } from './passkeys.ts';

const SITE = { rpId: 'example.org', origin: 'https://example.org' };
const LOOK = { name: 'Ann', colour: 3 };

let folder: string;
let database: OpenDatabase;
let identities: IdentityRepository;
let passkeys: Passkeys;
let key: SoftAuthenticator;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'chatmux-passkeys-'));
  database = await openDatabase({ file: join(folder, 'chatmux.sqlite') });
  identities = sqliteIdentities(database.db);
  passkeys = new Passkeys(identities, () => Date.now());
  key = new SoftAuthenticator(SITE.origin);
});
afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

type Made = ReturnType<SoftAuthenticator['create']>;

/** Makes somebody. @param change what an attacker makes of the browser's answer */
async function register(
  attestation: Parameters<SoftAuthenticator['create']>[1] = 'none',
  change: (made: Made) => Made = (made) => made,
) {
  const { ceremony, options } = await passkeys.beginRegistration(SITE, LOOK);
  const passkey = change(key.create(options, attestation));
  return passkeys.finishRegistration({ ceremony, passkey, passkeyName: 'Key' }, 'Firefox', undefined, []);
}

async function signIn(change: (answer: ReturnType<SoftAuthenticator['get']>) => object = (answer) => answer) {
  const { ceremony, options } = await passkeys.beginSignIn(SITE);
  const passkey = change(key.get(options)) as Parameters<Passkeys['finishSignIn']>[0]['passkey'];
  return passkeys.finishSignIn({ ceremony, passkey });
}

describe('a new passkey', () => {
  it.each(['none', 'self'] as const)('that vouches for itself as “%s” signs in', async (attestation) => {
    const { id } = await register(attestation);
    expect(await signIn()).toBe(id);
  });

  // With certificates the library would fetch lists of revoked ones, from wherever the sender says.
  it.each(['packed', 'android-key', 'android-safetynet', 'tpm', 'apple', 'fido-u2f', 'compound', 'what'])(
    'with certificates, as “%s”, is refused before anybody reads them',
    async (format) => {
      await expect(register({ format, statement: CERTIFICATES })).rejects.toMatchObject({
        code: 'not-yours',
        cause: { message: 'an attestation that was not asked for' },
      });
    },
  );

  it.each([
    ['another id than the key signed', (made: Made) => ({ ...made, id: 'AAAA', rawId: 'AAAA' })],
    ['another raw id', (made: Made) => ({ ...made, rawId: 'AAAA' })],
    [
      'no attestation at all',
      (made: Made) => ({ ...made, response: { ...made.response, attestationObject: 'oA' } }),
    ],
    [
      'a statement that is no map',
      (made: Made) => ({
        ...made,
        response: {
          ...made.response,
          attestationObject: Buffer.from('a163666d7401', 'hex').toString('base64url'),
        },
      }),
    ],
  ])('with %s is refused', async (_, change) => {
    await expect(register('none', change)).rejects.toMatchObject({ code: 'not-yours' });
  });
});

describe('signing in', () => {
  it('needs the key to say whose it is, where nobody was asked for', async () => {
    const { id } = await register();
    const without = (answer: ReturnType<SoftAuthenticator['get']>) => {
      const { userHandle: _, ...response } = answer.response;
      return { ...answer, response };
    };
    await expect(signIn(without)).rejects.toMatchObject({ code: 'not-yours' });
    const other = Buffer.alloc(16).toString('base64url');
    await expect(
      signIn((answer) => ({ ...answer, response: { ...answer.response, userHandle: other } })),
    ).rejects.toMatchObject({ code: 'not-yours' });

    const { ceremony, options } = await passkeys.beginSignIn(SITE, id);
    expect(options.allowCredentials).toHaveLength(1);
    const passkey = without(key.get(options)) as Parameters<Passkeys['finishSignIn']>[0]['passkey'];
    expect(await passkeys.finishSignIn({ ceremony, passkey })).toBe(id);
  });

  it('is for who was asked for, and nobody else', async () => {
    const { id } = await register();
    key = new SoftAuthenticator(SITE.origin);
    await register();
    const { ceremony, options } = await passkeys.beginSignIn(SITE, id);
    await expect(passkeys.finishSignIn({ ceremony, passkey: key.get(options) })).rejects.toMatchObject({
      code: 'not-yours',
    });
  });

  it('lets one in of two that come with the same count', async () => {
    await register();
    const begun = [await passkeys.beginSignIn(SITE), await passkeys.beginSignIn(SITE)];
    const answers = begun.map(({ ceremony, options }) => {
      key.setCounter(4);
      return { ceremony, passkey: key.get(options) };
    });
    const results = await Promise.allSettled(answers.map((answer) => passkeys.finishSignIn(answer)));
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

it('there can be 20, even where several are added at once', async () => {
  const { id } = await register();
  const ann = await identities.find(id);
  const add = async () => {
    const { ceremony, options } = await passkeys.beginRegistration(SITE, ann ?? LOOK);
    return () => passkeys.finishRegistration({ ceremony, passkey: key.create(options) }, 'Firefox', ann, []);
  };
  const finishes = [];
  for (let count = 0; count < 22; count += 1) finishes.push(await add());
  const results = await Promise.allSettled(finishes.map((finish) => finish()));
  const refusals = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []));
  expect(refusals).toEqual(['too-many', 'too-many', 'too-many']);
  await expect(add()).rejects.toMatchObject({ code: 'too-many' });
});
