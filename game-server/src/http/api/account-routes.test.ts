import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AccountServer, ApiVisitor, NOBODY, startAccountServer } from '../../testing/account-server.ts';
import { SoftAuthenticator } from '../../testing/soft-authenticator.ts';

let server: AccountServer;
let ann: ApiVisitor;
const visitor = () => new ApiVisitor(server);

beforeEach(async () => {
  server = await startAccountServer();
  ann = visitor();
});
afterEach(async () => {
  expect(server.errors, 'errors of ours').toEqual([]);
  await server.stop();
});

describe('somebody new', () => {
  it('has an identity, a passkey, a session and eight codes that were shown once', async () => {
    expect((await ann.ask('/api/me')).body).toEqual(NOBODY);
    const { status, body } = await ann.join();
    expect(status).toBe(200);
    expect(body.codes).toHaveLength(8);
    expect(body.codes[0]).toMatch(/^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$/);
    expect(body.account).toMatchObject({
      name: 'Ann',
      colour: 3,
      codesLeft: 8,
      passkeys: [{ name: 'Laptop', rpId: 'localhost' }],
      sessions: [{ device: 'Firefox on Linux', here: true }],
    });
    expect((await ann.ask('/api/me')).body).toEqual({ ...NOBODY, account: body.account });
  });

  it('gets a cookie that scripts can’t read, and is known by nothing the database holds', async () => {
    const { headers, body } = await ann.join();
    expect(headers['set-cookie']?.[0]).toMatch(/^chatmux=[a-z2-7]{40}; .*HttpOnly/);
    expect(headers['set-cookie']?.[0]).toMatch(/SameSite=Lax/);
    const kept = JSON.stringify([
      await server.db.selectFrom('sessions').selectAll().execute(),
      await server.db.selectFrom('recovery_codes').selectAll().execute(),
    ]);
    expect(kept).not.toContain(ann.cookie?.split('=')[1]);
    for (const code of body.codes) expect(kept).not.toContain(code.replaceAll('-', ''));
  });

  it('is refused what does not verify, and a ceremony that was used or is over', async () => {
    const begin = async () => (await ann.ask('/api/identity/begin', { name: 'Ann', colour: 3 })).body;
    const end = (ceremony: string, passkey: object) =>
      ann.ask('/api/identity', { ceremony, passkey, passkeyName: 'Key' });
    const elsewhere = new SoftAuthenticator('https://example.org');
    const { ceremony, options } = await begin();
    expect((await end(ceremony, elsewhere.create(options))).body.code).toBe('not-yours');
    expect((await end(ceremony, ann.key.create(options))).body.code).toBe('stale');

    const other = await begin();
    expect((await end(other.ceremony, ann.key.create(options))).body.code, 'another challenge').toBe(
      'not-yours',
    );
    const unverified = await begin();
    ann.key.flags = 0x01;
    expect((await end(unverified.ceremony, ann.key.create(unverified.options))).body.code).toBe('not-yours');
    ann.key.flags = 0x05;
    const late = await begin();
    server.clock.ms += 5 * 60_000;
    expect((await end(late.ceremony, ann.key.create(late.options))).body.code).toBe('stale');
    expect(await server.db.selectFrom('identities').selectAll().execute()).toEqual([]);
  });
});

describe('signing in', () => {
  it('opens the same identity elsewhere, and each session can be ended from the other', async () => {
    await ann.join();
    const phone = new ApiVisitor(server, ann.origin, ann.key);
    const { body } = await phone.signIn();
    expect(body.account).toMatchObject({ name: 'Ann', sessions: [{ here: true }, { here: false }] });
    const laptop = body.account.sessions.find((one: { here: boolean }) => !one.here);
    expect((await phone.ask('/api/sessions/end', { id: laptop.id })).body.account.sessions).toHaveLength(1);
    expect((await ann.ask('/api/me')).body).toEqual(NOBODY);
    expect(ann.cookie, 'a cookie of no use is taken back').toBeUndefined();
    expect((await phone.ask('/api/sessions/end', { id: laptop.id })).body.code).toBe('not-found');
    expect((await phone.ask('/api/sessions/end', { id: body.account.sessions[0].id })).status).toBe(400);
  });

  it('ends here, or everywhere else', async () => {
    await ann.join();
    const others = [0, 1].map(() => new ApiVisitor(server, ann.origin, ann.key));
    for (const other of others) await other.signIn();
    expect((await ann.ask('/api/sessions/end-others', {})).body.account.sessions).toHaveLength(1);
    for (const other of others) expect((await other.ask('/api/me')).body).toEqual(NOBODY);
    const cookie = ann.cookie as string;
    await ann.ask('/api/sign-out', {});
    expect(ann.cookie).toBeUndefined();
    ann.cookie = cookie;
    expect((await ann.ask('/api/me')).body, 'an old cookie opens nothing').toEqual(NOBODY);
  });

  it('is refused with an answer that was used, that is another site’s, or a copied key’s', async () => {
    await ann.join();
    const begun = (await ann.ask('/api/sign-in/begin', {})).body;
    const answer = { ceremony: begun.ceremony, passkey: ann.key.get(begun.options) };
    expect((await ann.ask('/api/sign-in', answer)).status).toBe(200);
    expect((await ann.ask('/api/sign-in', answer)).body.code).toBe('stale');
    ann.key.setCounter(0);
    expect((await ann.signIn()).body.code).toBe('not-yours');
    const unknown = new ApiVisitor(server);
    unknown.key.create({ challenge: 'x', rp: { id: 'localhost' }, user: { id: 'x' } });
    expect((await unknown.signIn()).body.code).toBe('not-found');
  });

  it('lasts 30 days from the last use, and is over then', async () => {
    await ann.join();
    const expiry = async () =>
      (await server.db.selectFrom('sessions').select('expires_at').executeTakeFirst())?.expires_at ?? 0;
    const first = await expiry();
    // Lucia looks at the machine's own clock: the row is moved back instead.
    await server.db
      .updateTable('sessions')
      .set({ expires_at: first - 16 * 86_400_000 })
      .execute();
    expect((await ann.ask('/api/me')).headers['set-cookie']).toHaveLength(1);
    expect(await expiry()).toBeGreaterThanOrEqual(first);
    await server.db
      .updateTable('sessions')
      .set({ expires_at: Date.now() - 1 })
      .execute();
    expect((await ann.ask('/api/me')).body).toEqual(NOBODY);
    expect(await expiry()).toBe(0);
  });
});

describe('recovery', () => {
  it('signs in by a code, once, however it is typed', async () => {
    const { body } = await ann.join();
    const lost = visitor();
    const [code = ''] = body.codes as string[];
    const typed = ` ${code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')} `;
    expect((await lost.ask('/api/recover', { code: typed })).body.account).toMatchObject({ codesLeft: 7 });
    expect((await visitor().ask('/api/recover', { code })).body.code).toBe('not-yours');
    expect((await visitor().ask('/api/recover', { code: 'guess' })).status).toBe(400);
  });

  it('needs HTTPS anywhere but here, and then the cookie does as well', async () => {
    const { codes } = (await ann.join()).body as { codes: [string, string] };
    const host = `lan.example:${server.port}`;
    const recover = (origin: string, code: string) =>
      visitor().ask('/api/recover', { code }, { headers: { Host: host, Origin: origin } });
    expect((await recover(`http://${host}`, codes[0])).body.code).toBe('bad-message');
    const { status, headers } = await recover(`https://${host}`, codes[0]);
    expect(status, 'a refused code is not used up').toBe(200);
    const [cookie = ''] = headers['set-cookie'] ?? [];
    expect(cookie).toMatch(/^__Host-chatmux=/);
    expect(cookie.split('; ')).toEqual(expect.arrayContaining(['HttpOnly', 'Secure', 'Path=/']));
    expect(cookie).not.toContain('Domain');
    const [pair = ''] = cookie.split(';');
    const me = (header: string) => visitor().ask('/api/me', undefined, { headers: { Cookie: header } });
    expect((await me(pair)).body.account).toMatchObject({ name: 'Ann' });
    // What somebody on the way put beside it is not looked at.
    const bob = visitor();
    await bob.join('Bob');
    expect((await me(`${bob.cookie}; ${pair}`)).body.account).toMatchObject({ name: 'Ann' });
  });

  it('counts only codes of the newest set', async () => {
    const { body } = await ann.join();
    const renewed = await ann.ask('/api/codes', {});
    expect(renewed.body.account.codesLeft).toBe(8);
    expect((await visitor().ask('/api/recover', { code: body.codes[3] })).status).toBe(403);
    expect((await visitor().ask('/api/recover', { code: renewed.body.codes[3] })).status).toBe(200);
  });
});

describe('passkeys', () => {
  async function add(who: ApiVisitor) {
    const begun = (await who.ask('/api/passkeys/begin', {})).body;
    const passkey = who.key.create(begun.options);
    return who.ask('/api/passkeys', { ceremony: begun.ceremony, passkey, passkeyName: 'Phone' });
  }

  it('are several, each signs in, and the last one stays', async () => {
    const first = (await ann.join()).body.account.passkeys[0].id;
    expect((await add(ann)).body.account.passkeys).toHaveLength(2);
    expect((await ann.ask('/api/passkeys/remove', { id: first })).body.account.passkeys).toHaveLength(1);
    const phone = new ApiVisitor(server, ann.origin, ann.key);
    expect((await phone.signIn(0)).body.code).toBe('not-found');
    const [left] = (await phone.signIn(1)).body.account.passkeys;
    expect((await ann.ask('/api/passkeys/remove', { id: left.id })).body.code).toBe('last-one');
    expect((await ann.ask('/api/passkeys/remove', { id: first })).body.code).toBe('not-found');
  });

  it('are added to whoever began, and to nobody else', async () => {
    await ann.join();
    const bob = visitor();
    await bob.join('Bob');
    const begun = (await ann.ask('/api/passkeys/begin', {})).body;
    const passkey = bob.key.create(begun.options);
    const answer = { ceremony: begun.ceremony, passkey, passkeyName: 'Mine' };
    expect((await bob.ask('/api/passkeys', answer)).body.code).toBe('stale');
    const bobs = (await bob.ask('/api/me')).body.account.passkeys[0].id;
    expect((await ann.ask('/api/passkeys/remove', { id: bobs })).body.code).toBe('not-found');
    const session = (await bob.ask('/api/me')).body.account.sessions[0].id;
    expect((await ann.ask('/api/sessions/end', { id: session })).body.code).toBe('not-found');
    expect((await bob.ask('/api/me')).body.account).toMatchObject({ name: 'Bob' });
  });
});

it('a look is kept, and a deleted identity leaves nothing', async () => {
  await ann.join();
  const look = { name: '  Änn  🌻 ', colour: 0 };
  expect((await ann.ask('/api/me/look', look)).body.account).toMatchObject({ name: 'Änn 🌻', colour: 0 });
  const phone = new ApiVisitor(server, ann.origin, ann.key);
  await phone.signIn();
  expect((await ann.ask('/api/me/delete', {})).status).toBe(200);
  expect((await phone.ask('/api/me')).body).toEqual(NOBODY);
  expect((await phone.signIn()).body.code).toBe('not-found');
  for (const table of ['identities', 'passkeys', 'sessions', 'recovery_codes'] as const)
    expect(await server.db.selectFrom(table).selectAll().execute(), table).toEqual([]);
});
