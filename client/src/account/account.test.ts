import { type Account, type Look, ProblemError } from '@chatmux/schema';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { AccountState } from '../store/account.ts';
import { createAccount } from './account.ts';
import type { AskApi } from './account-api.ts';

const someone = (name: string, more: Partial<Account> = {}): Account => ({
  id: name,
  name,
  colour: 1,
  createdAt: 1,
  shows: 'place',
  pronouns: '',
  about: '',
  passkeys: [],
  codesLeft: 8,
  sessions: [],
  ...more,
});
const ANN = someone('Ann');
const BOB = someone('Bob');
const signedOut = () => new ProblemError('signed-out', 'You are not signed in any more.');

/** What the server says to each question; a function is asked each time. */
let server: Record<string, unknown>;
let asked: string[];
let state: Partial<AccountState>;
let looks: [Look, boolean][];
let switches: number;
/** What became of the windows beside the page. */
let beside: string[];
let prompt: () => Promise<object>;

const ask: AskApi = async (path, answer, body) => {
  asked.push(path);
  const said = server[path] ?? (path.endsWith('/begin') ? { ceremony: 'c', options: {} } : undefined);
  const value = typeof said === 'function' ? await said(body) : said;
  if (value instanceof Error) throw value;
  return answer.parse(value) as never;
};
const open = () =>
  createAccount({
    ask,
    onChange: (change) => Object.assign(state, change),
    onLook: (look, chosen) => looks.push([look, chosen]),
    onSwitch: () => {
      switches += 1;
    },
    passkeys: { make: () => prompt(), use: () => prompt() },
    openBeside: () => ({ go: (url) => beside.push(url), close: () => beside.push('closed') }),
  });
/** Somebody signed in as the page was opened. */
async function openAs(account: Account) {
  server['/api/me'] = { account, github: true };
  const keeper = open();
  await keeper.load();
  asked = [];
  looks = [];
  return keeper;
}

beforeEach(() => {
  server = {};
  asked = [];
  state = {};
  looks = [];
  switches = 0;
  beside = [];
  prompt = async () => ({});
  vi.spyOn(console, 'warn').mockReturnValue();
});

describe('who one is', () => {
  it('is what the server says; other tabs need not be told what was only found', async () => {
    await openAs(ANN);
    expect(state).toMatchObject({ status: 'in', account: ANN });
    expect(switches).toBe(0);
  });

  it('stays unknown where the server can’t be asked, and says so to who asked', async () => {
    server['/api/me'] = new ProblemError('internal', 'away');
    expect(await open().load()).toBe(false);
    expect(state.status).toBeUndefined();
  });

  it('is not taken back by an answer that is older than what was done', async () => {
    let answer: (value: object) => void = () => undefined;
    server['/api/me'] = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    server['/api/sign-in'] = { account: ANN };
    const keeper = open();
    const loading = keeper.load();
    await keeper.signIn();
    answer({ github: true });
    await loading;
    expect(state).toMatchObject({ status: 'in', account: ANN });
    expect([looks, switches]).toEqual([[[{ name: 'Ann', colour: 1 }, true]], 1]);
  });

  it('does not show one person’s codes to the next', async () => {
    const keeper = await openAs(ANN);
    server['/api/codes'] = { account: ANN, codes: ['one'] };
    await keeper.makeCodes();
    expect(state.codes).toEqual(['one']);
    server['/api/me'] = { account: BOB, github: true };
    await keeper.load();
    expect(state).toMatchObject({ account: BOB, codes: [] });
  });

  it('follows a look that another device chose', async () => {
    const keeper = await openAs(ANN);
    server['/api/me'] = { account: { ...ANN, colour: 5 }, github: true };
    await keeper.load();
    expect(looks).toEqual([[{ name: 'Ann', colour: 5 }, false]]);
  });
});

describe('a look that was settled on', () => {
  it('is told once, and is not told back', async () => {
    const keeper = await openAs(ANN);
    server['/api/me/look'] = { account: { ...ANN, name: 'Anna' } };
    await keeper.setLook({ name: 'Anna', colour: 1 });
    await keeper.setLook({ name: 'Anna', colour: 1 });
    expect(asked).toEqual(['/api/me/look']);
    expect(looks).toEqual([]);
    expect(state.account?.name).toBe('Anna');
  });

  it('shows that one was signed out elsewhere', async () => {
    const keeper = await openAs(ANN);
    server['/api/me/look'] = signedOut();
    await keeper.setLook({ name: 'Anna', colour: 1 });
    expect(state).toMatchObject({ status: 'out', account: undefined });
  });
});

describe('what can’t be undone', () => {
  it('asks for a passkey where the server wants it, and then goes on', async () => {
    const keeper = await openAs(ANN);
    let confirmed = false;
    server['/api/confirm'] = () => {
      confirmed = true;
      return { account: ANN };
    };
    server['/api/codes'] = () =>
      confirmed ? { account: ANN, codes: ['one'] } : new ProblemError('confirm', 'Show that it is you.');
    await keeper.makeCodes();
    expect(asked).toEqual(['/api/codes', '/api/confirm/begin', '/api/confirm', '/api/codes']);
    expect(state).toMatchObject({ codes: ['one'], problem: undefined, busy: undefined });
  });

  it.each([
    ['called off', () => Promise.reject(new DOMException('no', 'NotAllowedError'))],
    ['not one of ours', () => Promise.resolve({})],
  ])('is not done with a passkey that is %s, and the other way is told', async (_, answer) => {
    const keeper = await openAs(ANN);
    prompt = answer;
    server['/api/confirm'] = new ProblemError('not-yours', 'This passkey is somebody else’s.');
    server['/api/me/delete'] = new ProblemError('confirm', 'Show that it is you.');
    await keeper.deleteIdentity();
    expect(asked.filter((path) => path === '/api/me/delete')).toHaveLength(1);
    expect(state.problem).toContain('recovery code');
    expect(state.account).toEqual(ANN);
  });
});

describe('doing one thing', () => {
  it('is all that is done meanwhile', async () => {
    const keeper = await openAs(ANN);
    server['/api/sign-out'] = {};
    await Promise.all([keeper.signOut(), keeper.makeCodes(), keeper.deleteIdentity()]);
    expect(asked).toEqual(['/api/sign-out']);
    expect(state).toMatchObject({ status: 'out', busy: undefined });
    expect(switches).toBe(1);
  });

  it('shows that one was signed out elsewhere', async () => {
    const keeper = await openAs(ANN);
    server['/api/sessions/end-others'] = signedOut();
    await keeper.endOtherSessions();
    expect(state).toMatchObject({ status: 'out', problem: 'You are not signed in any more.' });
  });

  it('tells what failed, and forgets it with the next', async () => {
    const keeper = open();
    server['/api/recover'] = new ProblemError('not-yours', 'This recovery code is not known.');
    await keeper.recover('x');
    expect(state.problem).toBe('This recovery code is not known.');
    server['/api/recover'] = { account: ANN };
    await keeper.recover('y');
    expect(state).toMatchObject({ problem: undefined, said: expect.stringContaining('Add a passkey') });
  });
});

describe('GitHub', () => {
  it('goes on in a window beside, which closes where it can’t begin', async () => {
    server['/api/me'] = { github: true };
    server['/api/github/begin'] = { url: 'https://github.com/1' };
    const keeper = open();
    await keeper.load();
    expect(state.github).toBe(true);
    await keeper.signInByGithub(2);
    expect(beside).toEqual(['https://github.com/1']);
    expect(state.said).toMatch(/window of GitHub/);
    // It ended well there, and this page is told.
    server['/api/me'] = { github: true, account: ANN };
    await keeper.load();
    expect(state).toMatchObject({ account: ANN, said: undefined });
    server['/api/github/link'] = new ProblemError('not-found', 'It is not set up.');
    await keeper.linkGithub();
    expect(beside.at(-1)).toBe('closed');
    expect(state.problem).toBe('It is not set up.');
    server['/api/github/unlink'] = { account: ANN };
    await keeper.unlinkGithub();
    expect(state.said).toMatch(/not sign you in/);
  });
});
