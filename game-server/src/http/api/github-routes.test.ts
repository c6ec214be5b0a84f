import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AccountServer, ApiVisitor, startAccountServer } from '../../testing/account-server.ts';
import { GithubServer } from '../../testing/github-server.ts';

let github: GithubServer;
let server: AccountServer;
beforeAll(async () => {
  github = await GithubServer.start();
});
afterAll(() => github.stop());
beforeEach(async () => {
  github.isDown = false;
  github.user = { id: 7, login: 'octo', name: 'Octavia' };
  server = await startAccountServer({ github: github.settings });
});
afterEach(() => server.stop());

const begin = async (visitor: ApiVisitor, path = '/api/github/begin') =>
  (await visitor.ask(path, path.endsWith('begin') ? { colour: 5 } : {})).body.url as string;
const finish = (visitor: ApiVisitor, back: URL) => {
  const { state, code, error } = Object.fromEntries(back.searchParams);
  return visitor.ask('/api/github/finish', { state, ...(code && { code }), ...(error && { error }) });
};
async function signIn(visitor: ApiVisitor) {
  return finish(visitor, await github.decide(await begin(visitor)));
}
async function link(visitor: ApiVisitor) {
  return finish(visitor, await github.decide(await begin(visitor, '/api/github/link')));
}

describe('signing in by GitHub', () => {
  it('makes somebody of whoever is new, by name and number, and knows them again when they are renamed', async () => {
    const visitor = new ApiVisitor(server);
    const first = await signIn(visitor);
    expect(first).toMatchObject({
      status: 200,
      body: { linked: false, account: { name: 'Octavia', colour: 5 } },
    });
    expect(first.body.account).toMatchObject({ passkeys: [], github: { login: 'octo' } });
    expect((await visitor.ask('/api/me')).body.account.id).toBe(first.body.account.id);

    github.user = { id: 7, login: 'octo-cat', name: 'Somebody else' };
    const again = await signIn(new ApiVisitor(server));
    expect(again.body.account).toMatchObject({
      id: first.body.account.id,
      name: 'Octavia',
      github: { login: 'octo-cat' },
    });
    github.user = { id: 8, login: 'octo', name: null };
    const other = await signIn(new ApiVisitor(server));
    expect(other.body.account.name).toBe('octo');
    expect(other.body.account.id).not.toBe(first.body.account.id);
  });

  it('shows a name that nothing can be made of by another', async () => {
    github.user = { id: 9, login: 'invisible', name: '\u200b\u200b' };
    expect((await signIn(new ApiVisitor(server))).body.account.name).toBe('invisible');
    github.user = { id: 10, login: 'long', name: 'n'.repeat(300) };
    expect((await signIn(new ApiVisitor(server))).body.account.name).toMatch(/^n+$/);
  });

  it('is called off by whoever does not agree', async () => {
    const visitor = new ApiVisitor(server);
    const back = await github.decide(await begin(visitor), false);
    expect((await finish(visitor, back)).body).toMatchObject({ code: 'not-yours', message: /called it off/ });
    expect((await visitor.ask('/api/me')).body.account).toBeUndefined();
  });

  it('counts once, for ten minutes, in the browser it was begun in', async () => {
    const visitor = new ApiVisitor(server);
    const back = await github.decide(await begin(visitor));
    // What somebody else began is not finished here: they would sign us in as themselves.
    const other = new ApiVisitor(server);
    await begin(other);
    expect((await finish(other, back)).body.message).toMatch(/another browser/);
    expect((await finish(visitor, back)).body).toMatchObject({ code: 'stale', message: /used already/ });

    const late = await github.decide(await begin(visitor));
    server.clock.ms += 600_001;
    expect((await finish(visitor, late)).body.message).toMatch(/took too long/);

    const once = await github.decide(await begin(visitor));
    expect((await finish(visitor, once)).status).toBe(200);
    expect((await finish(visitor, once)).body.code).toBe('stale');
  });

  it('takes no state and no code of its own making', async () => {
    const visitor = new ApiVisitor(server);
    const made = new URL(`http://localhost/?state=${'A'.repeat(22)}&code=1`);
    expect((await finish(visitor, made)).body.code).toBe('stale');
    const back = await github.decide(await begin(visitor));
    back.searchParams.set('code', 'guessed');
    expect((await finish(visitor, back)).body.code).toBe('not-ready');
  });

  it('says so where GitHub is down, or does not say who one is', async () => {
    const visitor = new ApiVisitor(server);
    const back = await github.decide(await begin(visitor));
    github.isDown = true;
    expect((await finish(visitor, back)).body).toMatchObject({ code: 'not-ready', message: /GitHub/ });
    expect((await visitor.ask('/api/me')).body.account).toBeUndefined();
    const odd = new URL(await begin(visitor));
    odd.searchParams.set('error', 'redirect_uri_mismatch');
    expect((await finish(visitor, odd)).body.code).toBe('not-ready');
    // Whoever runs the place reads why.
    expect(server.troubles).toEqual([expect.any(Error), 'redirect_uri_mismatch']);
  });

  it('is offered nowhere but over HTTPS or at localhost', async () => {
    const visitor = new ApiVisitor(server, `http://example.org`);
    const answer = await visitor.ask(
      '/api/github/begin',
      { colour: 1 },
      { headers: { Host: 'example.org' } },
    );
    expect(answer.body).toMatchObject({ code: 'bad-message', message: /HTTPS/ });
  });
});

describe('an account at GitHub and a passkey', () => {
  it('sign in the same identity once they are linked, and one of them always stays', async () => {
    const ann = new ApiVisitor(server);
    const id = (await ann.join()).body.account.id;
    expect((await link(ann)).body).toMatchObject({
      linked: true,
      account: { id, github: { login: 'octo' } },
    });
    expect((await signIn(new ApiVisitor(server))).body.account.id).toBe(id);
    const [passkey] = (await ann.ask('/api/me')).body.account.passkeys;
    expect((await ann.ask('/api/passkeys/remove', { id: passkey.id })).body.account.passkeys).toEqual([]);
    expect((await ann.ask('/api/github/unlink', {})).body).toMatchObject({ code: 'last-one' });

    const bob = new ApiVisitor(server);
    await bob.join('Bob');
    expect((await link(bob)).body).toMatchObject({ code: 'not-yours', message: /another identity/ });
    github.user = { id: 8, login: 'bob', name: null };
    expect((await link(bob)).status).toBe(200);
    expect((await bob.ask('/api/github/unlink', {})).body.account.github).toBeUndefined();
    expect((await bob.ask('/api/github/unlink', {})).body.code).toBe('not-found');
  });

  it('are linked for whoever began it alone', async () => {
    const ann = new ApiVisitor(server);
    await ann.join();
    const back = await github.decide(await begin(ann, '/api/github/link'));
    await ann.ask('/api/sign-out', {});
    expect((await finish(ann, back)).body).toMatchObject({ code: 'stale', message: /signed out or in/ });
  });

  it('are told in the export, and gone with the identity', async () => {
    const visitor = new ApiVisitor(server);
    const { id } = (await signIn(visitor)).body.account;
    expect((await visitor.ask('/api/me/export')).body.account.github.login).toBe('octo');
    await visitor.ask('/api/me/delete', {});
    expect((await signIn(new ApiVisitor(server))).body.account.id).not.toBe(id);
  });
});
