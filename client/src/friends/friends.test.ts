import { type Friends, ProblemError, type Somebody } from '@chatmux/schema';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { AskApi } from '../account/account-api.ts';
import type { SocialState } from '../store/social.ts';
import { bondWith, createFriends, newsOf } from './friends.ts';

const person = (name: string): Somebody => ({ id: name.repeat(22).slice(0, 22), name, colour: 1 });
const [ANN, BOB] = [person('Ann'), person('Bob')];
const since = (one: Somebody) => ({ ...one, since: 1 });
const friend = (one: Somebody) => ({ ...since(one), state: 'online' as const });
const lists = (more: Partial<Friends> = {}): Friends => ({
  friends: [],
  incoming: [],
  outgoing: [],
  blocked: [],
  ...more,
});

describe('what is done about friends', () => {
  let state: Partial<SocialState>;
  let asked: [string, object | undefined][];
  let answer: () => Promise<object>;
  const ask: AskApi = async (path, schema, body) => {
    asked.push([path, body]);
    return schema.parse(await answer()) as never;
  };
  let who: string | undefined = 'ann';
  const friends = () =>
    createFriends({ ask, who: () => who, onChange: (change) => Object.assign(state, change) });

  beforeEach(() => {
    [state, asked] = [{}, []];
    answer = async () => ({ friends: lists({ outgoing: [since(BOB)] }) });
  });

  it('shows what the server says then, and says that it is done', async () => {
    await friends().request(BOB);
    expect(asked).toEqual([['/api/friends/request', { id: BOB.id }]]);
    expect(state).toMatchObject({ outgoing: [BOB], said: 'Bob is asked.', busy: false, problem: undefined });
  });

  it('says so where the other had asked as well', async () => {
    answer = async () => ({ friends: lists({ friends: [friend(BOB)] }) });
    await friends().request(BOB);
    expect(state.said).toBe('Bob is your friend now.');
  });

  it('says why it was not done, and changes nothing', async () => {
    answer = () => Promise.reject(new ProblemError('too-many', 'You asked many people at once.'));
    await friends().request(BOB);
    expect(state).toEqual({
      busy: false,
      said: undefined,
      problem: 'You asked many people at once.',
      about: BOB.id,
    });
    vi.spyOn(console, 'error').mockReturnValueOnce();
    answer = () => Promise.reject(new Error('broken'));
    await friends().block(BOB);
    expect(state.problem).toBe('That could not be done.');
  });

  it('drops what comes for somebody who has left since, well or not', async () => {
    for (const leaves of [
      async () => ({ friends: lists({ outgoing: [since(BOB)] }) }),
      () => Promise.reject(new ProblemError('too-many', 'You asked many people at once.')),
    ]) {
      who = 'ann';
      answer = () => {
        who = undefined;
        return leaves();
      };
      await friends().request(BOB);
      expect(state).toEqual({ busy: false, said: undefined, problem: undefined, about: BOB.id });
    }
    who = 'ann';
  });

  it('is one thing at a time', async () => {
    const does = friends();
    await Promise.all([does.block(BOB), does.remove(BOB), does.search('b')]);
    expect(asked.map(([path]) => path)).toEqual(['/api/friends/block']);
  });

  it('finds people', async () => {
    answer = async () => ({ found: [ANN] });
    expect(await friends().search('an')).toEqual([ANN]);
  });
});

it('tells who asks anew, and who has said yes; not whom one accepted oneself', () => {
  const before = lists({ incoming: [since(ANN)], outgoing: [since(BOB)] });
  expect(newsOf(before, lists({ friends: [friend(ANN), friend(BOB)] }))).toEqual({
    asking: [],
    accepted: [friend(BOB)],
  });
  expect(newsOf(lists(), before).asking).toEqual([since(ANN)]);
  expect(newsOf(before, before)).toEqual({ asking: [], accepted: [] });
});

it('knows what one is to the other', () => {
  const all = lists({ friends: [friend(ANN)], outgoing: [since(BOB)] });
  expect([bondWith(all, ANN.id), bondWith(all, BOB.id), bondWith(all, 'x')]).toEqual([
    'friend',
    'asked',
    'none',
  ]);
  expect(bondWith(lists({ incoming: [since(ANN)] }), ANN.id)).toBe('asks');
  expect(bondWith(lists({ blocked: [since(ANN)] }), ANN.id)).toBe('blocked');
});
