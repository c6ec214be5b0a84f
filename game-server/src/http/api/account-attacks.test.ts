import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AccountServer, ApiVisitor, NOBODY, startAccountServer } from '../../testing/account-server.ts';
import { apiRoutes } from './api-routes.ts';

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

/** Signs in by a code, as the page of another address. @returns name and value of the cookie it was given */
async function cookieAt(origin: string, code: string): Promise<string> {
  const { headers } = await visitor().ask(
    '/api/recover',
    { code },
    { headers: { Host: new URL(origin).host, Origin: origin } },
  );
  return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}
const at = (origin: string, cookie: string) => ({
  headers: { Host: new URL(origin).host, Origin: origin, Cookie: cookie },
});

describe('a cookie', () => {
  const SITE = 'https://world.example';

  it('that anybody near could have set never counts for one that browsers guard', async () => {
    const { codes } = (await ann.join()).body;
    const bob = visitor();
    await bob.join('Bob');
    const mine = await cookieAt(SITE, codes[0]);
    const [, bobs = ''] = (bob.cookie ?? '').split('=');
    for (const forged of [`%5F%5FHost-chatmux=${bobs}`, `chatmux=${bobs}`, `__host-chatmux=${bobs}`]) {
      for (const header of [`${forged}; ${mine}`, `${mine}; ${forged}`])
        expect((await ann.ask('/api/me', undefined, at(SITE, header))).body.account.name).toBe('Ann');
      expect((await ann.ask('/api/me', undefined, at(SITE, forged))).body).toEqual(NOBODY);
    }
    const twice = `${mine}; __Host-chatmux=${bobs}`;
    expect((await ann.ask('/api/me', undefined, at(SITE, twice))).body).toEqual(NOBODY);
  });

  it('of plain HTTP counts at this machine alone', async () => {
    await ann.join();
    const cookie = ann.cookie ?? '';
    expect((await visitor().ask('/api/me', undefined, at(SITE, cookie))).body).toEqual(NOBODY);
    expect((await visitor().ask('/api/me', undefined, at(ann.origin, cookie))).body.account.name).toBe('Ann');
  });

  it.each(['a=%', '%=1', 'a=100%', '=;=;;', '%E0%A4%A=x', `chatmux=${'%'.repeat(40)}`])(
    'that is malformed (%s) is nobody’s, and no fault of ours',
    async (cookie) => {
      const { status, body } = await ann.ask('/api/me', undefined, { headers: { Cookie: cookie } });
      expect([status, body]).toEqual([200, NOBODY]);
    },
  );

  it('of HTTPS does not speak for a page of plain HTTP at the same name', async () => {
    const { codes } = (await ann.join()).body;
    const cookie = await cookieAt(SITE, codes[0]);
    const plain = at('http://world.example', cookie);
    expect((await visitor().ask('/api/sign-out', {}, plain)).body.code).toBe('not-yours');
    expect((await visitor().ask('/api/sign-out', {}, at(SITE, cookie))).status).toBe(200);
  });
});

it('a question without a type, which forms of other pages can send, is refused, empty or not', async () => {
  await ann.join();
  for (const [path, { method }] of apiRoutes(server.accounts, server.friends, server.order)) {
    if (method !== 'POST') continue;
    for (const type of [undefined, 'text/plain', 'application/x-www-form-urlencoded'])
      for (const body of [undefined, {}]) {
        const { status } = await ann.ask(path, body, { method, headers: { 'Content-Type': type } });
        expect(status, `${path} ${type}`).toBe(415);
      }
  }
});

describe('what can’t be undone', () => {
  const CALLS = ['/api/codes', '/api/passkeys/begin', '/api/me/delete'] as const;

  it('is for who has shown a moment ago that it is them', async () => {
    await ann.join();
    server.clock.ms += 10 * 60_000;
    for (const path of CALLS) expect((await ann.ask(path, {})).body.code, path).toBe('confirm');
    const begun = (await ann.ask('/api/confirm/begin', {})).body;
    const passkey = ann.key.get(begun.options);
    const answer = { ceremony: begun.ceremony, passkey };
    expect((await ann.ask('/api/confirm', answer)).body.account.name).toBe('Ann');
    expect((await ann.ask('/api/confirm', answer)).body.code, 'once').toBe('stale');
    for (const path of CALLS) expect((await ann.ask(path, {})).status, path).toBe(200);
  });

  it('is confirmed by nobody else, and for no other session', async () => {
    await ann.join();
    const phone = new ApiVisitor(server, ann.origin, ann.key);
    await phone.signIn();
    server.clock.ms += 10 * 60_000;
    const bob = visitor();
    await bob.join('Bob');
    const begun = (await ann.ask('/api/confirm/begin', {})).body;
    const bobs = { ceremony: begun.ceremony, passkey: bob.key.get(begun.options) };
    expect((await ann.ask('/api/confirm', bobs)).body.code).toBe('not-yours');
    // A ceremony that asked for nobody by name does not help either.
    const anybodys = (await bob.ask('/api/sign-in/begin', {})).body;
    const answer = { ceremony: anybodys.ceremony, passkey: bob.key.get(anybodys.options) };
    expect((await ann.ask('/api/confirm', answer)).body.code).toBe('not-yours');

    const own = (await ann.ask('/api/confirm/begin', {})).body;
    await ann.ask('/api/confirm', { ceremony: own.ceremony, passkey: ann.key.get(own.options) });
    expect((await ann.ask('/api/codes', {})).status).toBe(200);
    expect((await phone.ask('/api/codes', {})).body.code).toBe('confirm');
  });
});

/** Sends the head of a request, and its body when told to. @returns the answer's first line */
function slowPost(path: string, cookie: string): { send: () => Promise<string> } {
  const socket = connect(server.port, '127.0.0.1');
  socket.write(
    [
      `POST ${path} HTTP/1.1`,
      `Host: localhost:${server.port}`,
      `Origin: ${ann.origin}`,
      'Content-Type: application/json',
      'Content-Length: 2',
      `Cookie: ${cookie}`,
      'Connection: close',
      '\r\n',
    ].join('\r\n'),
  );
  return {
    send: () =>
      new Promise((resolve, reject) => {
        let text = '';
        socket.on('data', (chunk) => {
          text += chunk.toString();
        });
        socket.on('error', reject);
        socket.on('close', () => resolve(text.split('\r\n')[0] ?? ''));
        socket.write('{}');
      }),
  };
}

it('a body that was held back counts for nobody who was signed out or deleted meanwhile', async () => {
  await ann.join();
  const held = ['/api/codes', '/api/me/delete', '/api/sessions/end-others'].map((path) =>
    slowPost(path, ann.cookie ?? ''),
  );
  const phone = new ApiVisitor(server, ann.origin, ann.key);
  await phone.signIn();
  const others = await phone.ask('/api/sessions/end-others', {});
  expect(others.body.account.sessions).toHaveLength(1);
  for (const { send } of held) expect(await send()).toContain('401');
  const late = slowPost('/api/codes', phone.cookie ?? '');
  await phone.ask('/api/me/delete', {});
  expect(await late.send()).toContain('401');
});

it('who is deleted in the middle of a question is signed out, and that is no fault of ours', async () => {
  const { account } = (await ann.join()).body;
  await server.accounts.delete({ identity: account, idHash: '', secure: false, confirmed: true });
  await expect(server.accounts.newCodes(account.id)).rejects.toMatchObject({ code: 'signed-out' });
  await expect(server.accounts.setLook(account.id, { name: 'X', colour: 0 })).rejects.toMatchObject({
    code: 'signed-out',
  });
  await expect(server.accounts.sessions.begin(account.id, 'Phone', true)).rejects.toMatchObject({
    code: 'signed-out',
  });
});

describe('who asks too often', () => {
  /** Asks until it is too often. @returns how often it was answered */
  async function askUntilRefused(who: ApiVisitor, path: string, body?: object): Promise<number> {
    for (let count = 0; count < 200; count += 1) {
      const { status, headers } = await who.ask(path, body);
      if (status !== 429) continue;
      expect(headers['retry-after']).toBe('2');
      return count;
    }
    return Number.POSITIVE_INFINITY;
  }

  beforeEach(() => {
    server.clock.stepMs = 0;
  });

  it('of one address waits', async () => {
    expect(await askUntilRefused(ann, '/api/me')).toBe(120);
    expect(await askUntilRefused(ann, '/api/recover', { code: 'guess' }), 'counted apart').toBe(120);
    server.clock.steady += 2_000;
    expect(await askUntilRefused(ann, '/api/recover', { code: 'guess' })).toBe(1);
  });

  it('as one identity waits, at whatever address', async () => {
    await ann.join();
    expect(await askUntilRefused(ann, '/api/me')).toBe(60);
    expect((await visitor().ask('/api/me')).status, 'others don’t').toBe(200);
  });
});

it('somebody has at most 50 sessions: those used longest ago end', async () => {
  await ann.join();
  const first = ann.cookie;
  for (let count = 0; count < 50; count += 1) {
    ann.cookie = undefined;
    server.clock.ms += 1000;
    await ann.signIn();
  }
  expect((await ann.ask('/api/me')).body.account.sessions).toHaveLength(50);
  ann.cookie = first;
  expect((await ann.ask('/api/me')).body).toEqual(NOBODY);
});
