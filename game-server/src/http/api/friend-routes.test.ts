import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AccountServer, ApiVisitor, startAccountServer } from '../../testing/account-server.ts';

let server: AccountServer;
let [ann, bob]: ApiVisitor[] = [];
let ids: { ann: string; bob: string };
/** Whose lists were said to have changed. */
let told: string[];

async function visitor(name: string): Promise<{ who: ApiVisitor; id: string }> {
  const who = new ApiVisitor(server);
  const { account } = (await who.join(name)).body;
  return { who, id: account.id };
}

beforeEach(async () => {
  server = await startAccountServer();
  const [first, second] = [await visitor('Ann'), await visitor('Bob')];
  [ann, bob] = [first.who, second.who];
  ids = { ann: first.id, bob: second.id };
  told = [];
  server.friends.events.on('changed', (id) => told.push(id === ids.ann ? 'ann' : 'bob'));
});
afterEach(async () => {
  expect(server.errors, 'errors of ours').toEqual([]);
  await server.stop();
});

const act = (who: ApiVisitor | undefined, what: string, id: string) =>
  (who as ApiVisitor).ask(`/api/friends/${what}`, { id });

describe('friends', () => {
  it('are asked and accepted, and both are told', async () => {
    const asked = await act(ann, 'request', ids.bob);
    expect(asked.body.friends.outgoing).toMatchObject([{ id: ids.bob, name: 'Bob', colour: 3 }]);
    const accepted = await act(bob, 'accept', ids.ann);
    expect(accepted.body.friends).toMatchObject({
      friends: [{ id: ids.ann, state: 'offline' }],
      incoming: [],
    });
    expect(told).toEqual(['ann', 'bob', 'bob', 'ann']);
    expect((await act(bob, 'remove', ids.ann)).body.friends.friends).toEqual([]);
    expect((await act(ann, 'remove', ids.bob)).body.code).toBe('not-found');
  });

  it('are not told that they were declined', async () => {
    await act(ann, 'request', ids.bob);
    told = [];
    expect((await act(bob, 'decline', ids.ann)).body.friends.incoming).toEqual([]);
    expect(told).toEqual(['bob']);
    expect((await act(ann, 'cancel', ids.bob)).body.friends.outgoing).toEqual([]);
    expect((await act(ann, 'request', ids.bob)).body).toMatchObject({ code: 'too-many' });
    server.clock.ms += 7 * 86_400_000;
    expect((await act(ann, 'request', ids.bob)).status).toBe(200);
  });

  it('who asks many is told to wait', async () => {
    const strangers = 'B'.repeat(22);
    const codes = new Set<string>();
    server.clock.stepMs = 60_000;
    for (let count = 0; count < 31; count += 1) codes.add((await act(ann, 'request', strangers)).body.code);
    expect([...codes]).toEqual(['not-found', 'too-many']);
  });

  it('say what can’t be done', async () => {
    for (const what of ['accept', 'decline', 'cancel', 'remove', 'unblock'])
      expect((await act(ann, what, ids.bob)).body.code, what).toBe('not-found');
    await act(ann, 'request', ids.bob);
    expect((await act(ann, 'request', ids.bob)).body.code).toBe('stale');
    expect((await act(ann, 'request', ids.ann)).body.code).toBe('not-found');
    expect((await act(ann, 'request', 'no id')).body.code).toBe('bad-message');
  });
});

describe('somebody blocked', () => {
  it('finds who blocks them nowhere, and is not told why', async () => {
    const find = async (who: ApiVisitor | undefined, name: string) =>
      (await (who as ApiVisitor).ask('/api/friends/search', { name })).body.found;
    expect(await find(bob, 'an')).toEqual([{ id: ids.ann, name: 'Ann', colour: 3 }]);
    const blocks: unknown[] = [];
    server.friends.events.on('block', (block) => blocks.push(block));
    expect((await act(ann, 'block', ids.bob)).body.friends.blocked).toMatchObject([{ name: 'Bob' }]);
    expect([await find(bob, 'an'), await find(ann, 'bob')]).toEqual([[], []]);
    const refused = (await act(bob, 'request', ids.ann)).body;
    expect(refused).toEqual((await act(bob, 'request', 'C'.repeat(22))).body);
    expect((await act(ann, 'unblock', ids.bob)).body.friends.blocked).toEqual([]);
    expect(blocks).toEqual([true, false].map((on) => ({ by: ids.ann, of: ids.bob, on })));
    expect((await act(bob, 'request', ids.ann)).status).toBe(200);
  });
});

it('friends read what one says of oneself, and are told when it changes', async () => {
  await act(ann, 'request', ids.bob);
  await act(bob, 'accept', ids.ann);
  told = [];
  await (bob as ApiVisitor).ask('/api/me/about', { pronouns: 'he/him', about: 'At sea' });
  expect(told).toEqual(['ann']);
  const { friends } = (await (ann as ApiVisitor).ask('/api/me/export')).body;
  expect(friends.friends).toMatchObject([{ name: 'Bob', pronouns: 'he/him', about: 'At sea' }]);
});

it('what is exported holds friends; who is deleted is with nobody any more, and they are told', async () => {
  await act(ann, 'request', ids.bob);
  await act(bob, 'accept', ids.ann);
  const mine = (await (bob as ApiVisitor).ask('/api/me/export')).body;
  expect(mine.friends.friends).toMatchObject([{ name: 'Ann' }]);
  told = [];
  await (ann as ApiVisitor).ask('/api/me/delete', {});
  expect(told).toEqual(['bob']);
  expect((await (bob as ApiVisitor).ask('/api/me/export')).body.friends.friends).toEqual([]);
});
