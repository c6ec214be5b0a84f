import { ProblemError } from '@chatmux/schema';
import { beforeEach, expect, it, vi } from 'vitest';
import type { AskApi } from './account-api.ts';
import { finishGithub, githubAgain } from './github-return.ts';

const ANN = {
  id: 'ann',
  name: 'Ann',
  colour: 1,
  createdAt: 1,
  shows: 'place',
  pronouns: '',
  about: '',
  passkeys: [],
  codesLeft: 0,
  sessions: [],
  github: { host: 'github.com', login: 'octo', linkedAt: 1 },
};
let server: Record<string, unknown>;
let asked: [string, unknown][];
const ask: AskApi = async (path, answer, body) => {
  asked.push([path, body]);
  const said = server[path];
  if (said instanceof Error) throw said;
  return answer.parse(said) as never;
};
const at = (query: string) => new URL(`https://chat.example.org/sign-in/github?${query}`);

beforeEach(() => {
  [server, asked] = [{}, []];
});

it('says who one is now, or that the account signs one in, too', async () => {
  server['/api/github/finish'] = { account: ANN, linked: false };
  expect(await finishGithub(at('state=s&code=c'), ask)).toEqual({
    isDone: true,
    words: 'You are signed in as Ann.',
  });
  expect(asked).toEqual([['/api/github/finish', { state: 's', code: 'c' }]]);
  server['/api/github/finish'] = { account: ANN, linked: true };
  expect((await finishGithub(at('state=s&code=c'), ask)).words).toMatch(/^octo at GitHub/);
});

it('says why it came to nothing', async () => {
  server['/api/github/finish'] = new ProblemError('stale', 'It took too long.');
  expect(await finishGithub(at('state=s&error=access_denied'), ask)).toEqual({
    isDone: false,
    words: 'It took too long.',
  });
  expect(asked[0]?.[1]).toEqual({ state: 's', error: 'access_denied' });
  vi.spyOn(console, 'error').mockReturnValue();
  server['/api/github/finish'] = new Error('odd');
  expect((await finishGithub(at('state=s'), ask)).words).toBe('That could not be done.');
  asked = [];
  expect((await finishGithub(at(''), ask)).isDone).toBe(false);
  expect(asked).toEqual([]);
});

it('begins again as what one is', async () => {
  server = {
    '/api/me': { github: true },
    '/api/github/begin': { url: 'https://github.com/1' },
    '/api/github/link': { url: 'https://github.com/2' },
  };
  expect(await githubAgain(ask, 4)).toBe('https://github.com/1');
  expect(asked.at(-1)).toEqual(['/api/github/begin', { colour: 4 }]);
  server['/api/me'] = { github: true, account: ANN };
  expect(await githubAgain(ask, 4)).toBe('https://github.com/2');
});
