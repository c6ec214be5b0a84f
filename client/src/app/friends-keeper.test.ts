import type { Account, Friends, Somebody } from '@chatmux/schema';
import { beforeEach, expect, it, vi } from 'vitest';
import type { SocialListener } from '../net/social-line.ts';
import { NO_FRIENDS } from '../store/social.ts';
import { patch, store } from '../store/store.ts';
import { keepFriends } from './friends-keeper.ts';

const person = (name: string): Somebody & { since: number } => ({
  id: name.repeat(22).slice(0, 22),
  name,
  colour: 1,
  since: 1,
});
const [BOB, CAT] = [person('Bob'), person('Cat')];
const lists = (more: Partial<Friends> = {}): Friends => ({
  friends: [],
  incoming: [],
  outgoing: [],
  blocked: [],
  ...more,
});

let tickets: string[];
let heard: { ticket: string; listener: SocialListener; sat: unknown[]; isHungUp: boolean }[];
let touch: () => void;
const idle = { isAway: false };
const account = { ticket: async () => tickets.shift(), load: async () => undefined };

keepFriends(
  account as never,
  async (ticket, listener) => {
    const line = { ticket, listener, sat: [] as unknown[], isHungUp: false };
    heard.push(line);
    return {
      sit: (presence) => line.sat.push(presence),
      hangUp: () => {
        line.isHungUp = true;
      },
    };
  },
  (onChange) => {
    touch = onChange;
    return idle;
  },
);
const be = (id: string | undefined) =>
  patch('account', { account: id === undefined ? undefined : ({ id } as Account) });
const social = () => store.getState().social;
const toasts = () => store.getState().toasts.map(({ text }) => text);

beforeEach(() => {
  be(undefined);
  idle.isAway = false;
  store.setState({ toasts: [], status: { deaf: false, busy: false } });
  [tickets, heard] = [['one', 'two', 'three'], []];
});

it('opens a line for whoever signs in, and closes it with the lists when they leave', async () => {
  expect(heard).toEqual([]);
  be('ann');
  await vi.waitFor(() => expect(heard).toHaveLength(1));
  expect(social().state).toBe('waiting');
  heard[0]?.listener.onFriends(lists({ outgoing: [BOB] }));
  expect(social()).toMatchObject({ state: 'on', outgoing: [BOB] });
  be(undefined);
  expect(heard[0]?.isHungUp).toBe(true);
  expect(social()).toEqual(NO_FRIENDS);
});

it('shows nobody the friends of who was signed in before', async () => {
  be('ann');
  await vi.waitFor(() => expect(heard).toHaveLength(1));
  heard[0]?.listener.onFriends(lists({ outgoing: [BOB] }));
  be('dan');
  await vi.waitFor(() => expect(heard).toHaveLength(2));
  expect([heard[0]?.isHungUp, heard[1]?.ticket]).toEqual([true, 'two']);
  expect(social()).toMatchObject({ state: 'waiting', outgoing: [] });
});

it('says what is new, and of what waited no more than that it does', async () => {
  be('ann');
  await vi.waitFor(() => expect(heard).toHaveLength(1));
  heard[0]?.listener.onFriends(lists({ incoming: [BOB], outgoing: [CAT] }));
  expect(toasts()).toEqual(['Somebody would like to be your friend. See Friends.']);
  heard[0]?.listener.onFriends(lists({ incoming: [BOB], friends: [{ ...CAT, state: 'online' }] }));
  expect(toasts()).toContain('Cat is your friend now.');
  const dan = person('Dan');
  heard[0]?.listener.onFriends(lists({ incoming: [BOB, dan], friends: [{ ...CAT, state: 'online' }] }));
  expect(toasts()).toContain('Dan would like to be your friend. See Friends.');
});

it('shows how friends sit, and no place they have left', async () => {
  be('ann');
  await vi.waitFor(() => expect(heard).toHaveLength(1));
  const place = { world: 'plaza', copy: 1, name: 'Plaza' };
  heard[0]?.listener.onFriends(
    lists({
      friends: [
        { ...BOB, state: 'online' },
        { ...CAT, state: 'online' },
      ],
    }),
  );
  heard[0]?.listener.onPresence({ id: BOB.id, state: 'away', place } as never);
  expect(social().friends).toEqual([
    { ...BOB, state: 'away', place },
    { ...CAT, state: 'online' },
  ]);
  heard[0]?.listener.onPresence({ id: BOB.id, state: 'offline' });
  expect(social().friends[0]?.place).toBeUndefined();
});

it('tells how one sits before the page: away, busy', async () => {
  be('ann');
  await vi.waitFor(() => expect(heard[0]?.sat).toEqual([{ away: false, busy: false }]));
  idle.isAway = true;
  touch();
  store.setState({ status: { deaf: false, busy: true } });
  expect(heard[0]?.sat.slice(1)).toEqual([
    { away: true, busy: false },
    { away: true, busy: true },
  ]);
});

it('says why there are none, until there are', async () => {
  be('ann');
  await vi.waitFor(() => expect(heard).toHaveLength(1));
  heard[0]?.listener.onClosed(4429);
  await vi.waitFor(() => expect(social().why).toContain('very many pages'));
  heard[0]?.listener.onFriends(lists());
  expect(social()).toMatchObject({ state: 'on', why: undefined });
});
