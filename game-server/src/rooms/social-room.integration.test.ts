import { PROTOCOL_VERSION, SOCIAL_ROOM, type SocialMessages } from '@chatmux/schema';
import { Client, type Room } from 'colyseus.js';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiVisitor } from '../testing/account-server.ts';
import { useGame } from '../testing/use-game.ts';

const game = useGame();
const open = new Set<Page>();
afterEach(async () => {
  await Promise.all([...open].map((page) => page.close()));
});

/** An open page of somebody who is signed in, and what it was told. */
class Page {
  readonly told: { [T in keyof SocialMessages]: SocialMessages[T][] } = {
    friends: [],
    presence: [],
    problem: [],
  };
  closedWith: number | undefined;
  readonly who: ApiVisitor;
  private readonly room: Room;

  private constructor(who: ApiVisitor, room: Room) {
    this.who = who;
    this.room = room;
    room.reconnection.enabled = false;
    room.onMessage('friends', (message) => this.told.friends.push(message));
    room.onMessage('presence', (message) => this.told.presence.push(message));
    room.onMessage('problem', (message) => this.told.problem.push(message));
    room.onLeave((code) => {
      this.closedWith = code;
    });
    open.add(this);
  }

  static async open(who: ApiVisitor): Promise<Page> {
    const { ticket } = (await who.ask('/api/ticket', {})).body;
    const options = { version: PROTOCOL_VERSION, ticket };
    const page = new Page(who, await new Client(game.url()).joinOrCreate(SOCIAL_ROOM, options));
    await vi.waitFor(() => expect(page.told.friends).not.toEqual([]));
    return page;
  }

  send(type: string, message: object): void {
    this.room.send(type, message);
  }

  get now() {
    return this.told.friends.at(-1);
  }

  async close(): Promise<void> {
    open.delete(this);
    if (this.closedWith === undefined) await this.room.leave();
  }
}

async function somebody(name: string): Promise<{ who: ApiVisitor; id: string }> {
  const port = Number(new URL(game.url()).port);
  const who = new ApiVisitor({ port });
  return { who, id: (await who.join(name)).body.account.id };
}
const act = (who: ApiVisitor, what: string, id: string) => who.ask(`/api/friends/${what}`, { id });

async function twoFriends() {
  const [ann, bob] = [await somebody('Ann'), await somebody('Bob')];
  await act(ann.who, 'request', bob.id);
  await act(bob.who, 'accept', ann.id);
  return { ann, bob };
}

describe('a page', () => {
  it('hears of requests at once, and of those that came while it was away', async () => {
    const [ann, bob] = [await somebody('Ann'), await somebody('Bob')];
    const page = await Page.open(bob.who);
    expect(page.now).toEqual({ friends: [], incoming: [], outgoing: [], blocked: [] });
    await act(ann.who, 'request', bob.id);
    await vi.waitFor(() => expect(page.now?.incoming).toMatchObject([{ name: 'Ann' }]));
    await page.close();
    const later = await Page.open(bob.who);
    expect(later.now?.incoming).toMatchObject([{ id: ann.id }]);
    const other = await Page.open(ann.who);
    await act(bob.who, 'accept', ann.id);
    for (const one of [later, other]) await vi.waitFor(() => expect(one.now?.friends).toHaveLength(1));
  });

  it('hears when friends come and go, and in which world they are', async () => {
    const { ann, bob } = await twoFriends();
    const page = await Page.open(ann.who);
    expect(page.now?.friends).toMatchObject([{ name: 'Bob', state: 'offline' }]);
    const bobs = await Page.open(bob.who);
    await vi.waitFor(() => expect(page.told.presence.at(-1)).toEqual({ id: bob.id, state: 'online' }), 3000);
    const guest = await game.join({ name: 'Bob', world: 'beach' });
    const { ticket } = (await bob.who.ask('/api/ticket', {})).body;
    guest.room.send('identify', { ticket });
    const online = { id: bob.id, state: 'online' };
    const place = { world: 'beach', name: expect.any(String), copy: 1 };
    await vi.waitFor(() => expect(page.told.presence.at(-1)).toEqual({ ...online, place }), 3000);
    await guest.leave();
    await vi.waitFor(() => expect(page.told.presence.at(-1)).toEqual(online), 3000);
    await bobs.close();
    await vi.waitFor(() => expect(page.told.presence.at(-1)).toEqual({ id: bob.id, state: 'offline' }), 3000);
  });

  it('hears how friends sit before their pages, and no more than they want to show', async () => {
    const { ann, bob } = await twoFriends();
    const [page, bobs] = [await Page.open(ann.who), await Page.open(bob.who)];
    const last = () => page.told.presence.at(-1);
    await vi.waitFor(() => expect(last()).toEqual({ id: bob.id, state: 'online' }), 3000);
    bobs.send('presence', { away: true, busy: false });
    await vi.waitFor(() => expect(last()).toEqual({ id: bob.id, state: 'away' }), 3000);
    bobs.send('presence', { away: true, busy: true });
    await vi.waitFor(() => expect(last()).toEqual({ id: bob.id, state: 'busy' }), 3000);
    expect((await bob.who.ask('/api/me/shows', { shows: 'nothing' })).body.account.shows).toBe('nothing');
    await vi.waitFor(() => expect(last()).toEqual({ id: bob.id, state: 'offline' }), 3000);
    const before = page.told.presence.length;
    bobs.send('presence', { away: false, busy: false });
    // Another page of theirs is as silent.
    const other = await Page.open(bob.who);
    await bob.who.ask('/api/me/shows', { shows: 'presence' });
    await vi.waitFor(() => expect(last()).toEqual({ id: bob.id, state: 'online' }), 3000);
    expect(page.told.presence).toHaveLength(before + 1);
    other.send('presence', { away: 'yes' });
    other.send('what', {});
    await vi.waitFor(() =>
      expect(other.told.problem.map(({ code }) => code)).toEqual(['bad-message', 'unknown-message']),
    );
  });

  it('hears at once how friends look now, and of one who comes and goes all the time no more than once a second', async () => {
    const { ann, bob } = await twoFriends();
    const [page, bobs] = [await Page.open(ann.who), await Page.open(bob.who)];
    await bob.who.ask('/api/me/look', { name: 'Bobby', colour: 7 });
    await vi.waitFor(
      () => expect(page.told.presence.at(-1)).toMatchObject({ name: 'Bobby', colour: 7 }),
      3000,
    );
    const before = page.told.presence.length;
    for (let count = 0; count < 3; count += 1) bobs.send('presence', { away: count % 2 === 0, busy: false });
    await vi.waitFor(() => expect(page.told.presence.at(-1)).toMatchObject({ state: 'away' }), 3000);
    expect(page.told.presence.length - before).toBeLessThanOrEqual(2);
    const later = await Page.open(ann.who);
    expect(later.now?.friends).toMatchObject([{ name: 'Bobby', state: 'away' }]);
  });

  it('hears nothing of who blocks its owner, nor of strangers', async () => {
    const { ann, bob } = await twoFriends();
    const [page, cat] = [await Page.open(ann.who), await somebody('Cat')];
    await act(bob.who, 'block', ann.id);
    await vi.waitFor(() => expect(page.now?.friends).toEqual([]));
    const before = page.told.presence.length;
    await Page.open(bob.who);
    await Page.open(cat.who);
    // What is told later is told after it.
    await act(cat.who, 'request', ann.id);
    await vi.waitFor(() => expect(page.now?.incoming).toHaveLength(1));
    expect(page.told.presence).toHaveLength(before);
  });

  it('is closed when its session ends', async () => {
    const ann = await somebody('Ann');
    const page = await Page.open(ann.who);
    await ann.who.ask('/api/sign-out', {});
    await vi.waitFor(() => expect(page.closedWith).toBe(4401));
  });

  it.each([
    ['a ticket that was made up', { version: PROTOCOL_VERSION, ticket: 'A'.repeat(22) }, 409],
    ['no ticket', { version: PROTOCOL_VERSION }, 400],
    ['an older page', { version: 1, ticket: 'A'.repeat(22) }, 426],
    ['an identity instead', { version: PROTOCOL_VERSION, ticket: 'A'.repeat(22), identity: 'x' }, 400],
  ])('is not let in with %s', async (_, options, status) => {
    await expect(new Client(game.url()).joinOrCreate(SOCIAL_ROOM, options)).rejects.toMatchObject({
      code: status,
    });
  });
});

describe('a block', () => {
  it('between identities holds in worlds, wherever it was made, and lasts', async () => {
    const { ann, bob } = await twoFriends();
    const enter = async ({ who }: { who: ApiVisitor }) => {
      const guest = await game.join();
      guest.room.send('identify', { ticket: (await who.ask('/api/ticket', {})).body.ticket });
      await vi.waitFor(() => expect(guest.room.state.people.get(String(guest.id))?.identity).toBeTruthy());
      return guest;
    };
    const [a, b] = [await enter(ann), await enter(bob)];
    await act(ann.who, 'block', bob.id);
    await vi.waitFor(() => expect(a.of('blocked').at(-1)).toEqual({ ids: [b.id] }));
    a.room.send('block', { id: b.id, on: false });
    const page = await Page.open(ann.who);
    await vi.waitFor(() => expect(page.now?.blocked).toEqual([]));
    a.room.send('block', { id: b.id, on: true });
    await vi.waitFor(() => expect(page.now?.blocked).toMatchObject([{ id: bob.id }]));
    await b.leave();
    const again = await enter(bob);
    await vi.waitFor(() => expect(a.of('blocked').at(-1)?.ids).toContain(again.id));
  });
});

game.expectNoErrors();
