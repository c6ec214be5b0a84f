import { type Friends, type PagePresence, SIGNED_OUT_CODE, TOO_MANY_PAGES } from '@chatmux/schema';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SocialLine, type SocialListener } from './social-line.ts';

const LISTS: Friends = { friends: [], incoming: [], outgoing: [], blocked: [] };

let tickets: (string | undefined)[];
let used: string[];
let listener: SocialListener | undefined;
let hungUp: number;
let sat: PagePresence[];
let refuse: Error | undefined;
let heard: number;
let waits: (string | undefined)[];
let line: SocialLine;
let signedOut: () => Promise<void>;

const open = () => {
  line = new SocialLine(
    async (ticket, told) => {
      used.push(ticket);
      if (refuse) throw refuse;
      listener = told;
      return {
        sit: (presence) => sat.push(presence),
        hangUp: () => {
          hungUp += 1;
        },
      };
    },
    {
      ticket: async () => tickets.shift(),
      onSignedOut: () => signedOut(),
      onWaiting: (why) => waits.push(why),
      onFriends: () => {
        heard += 1;
      },
      onPresence: () => undefined,
    },
  );
};

beforeEach(() => {
  vi.useFakeTimers();
  tickets = ['one', 'two', 'three', 'four'];
  [used, hungUp, heard, sat] = [[], 0, 0, []];
  waits = [];
  [refuse, listener] = [undefined, undefined];
  signedOut = async () => undefined;
});
afterEach(() => {
  line.close();
  vi.useRealTimers();
});

it('comes back after a loss, each time by a new ticket', async () => {
  open();
  await vi.advanceTimersByTimeAsync(0);
  listener?.onFriends(LISTS);
  listener?.onClosed(1006);
  await vi.advanceTimersByTimeAsync(400);
  listener?.onFriends(LISTS);
  expect([used, heard]).toEqual([['one', 'two'], 2]);
});

it('says again after a loss how one sits before the page', async () => {
  const [here, away] = [
    { away: false, busy: false },
    { away: true, busy: false },
  ];
  open();
  line.sit(here);
  await vi.advanceTimersByTimeAsync(0);
  line.sit(away);
  listener?.onClosed(1006);
  await vi.advanceTimersByTimeAsync(400);
  expect(sat).toEqual([here, away, away]);
});

it('tries again where no ticket is to be had, or nobody answers', async () => {
  tickets = [undefined, 'one', 'two'];
  open();
  await vi.advanceTimersByTimeAsync(400);
  expect(used).toEqual(['one']);
  listener = undefined;
  line.close();
  refuse = new Error('away');
  used = [];
  tickets = ['three', 'four'];
  open();
  await vi.advanceTimersByTimeAsync(400);
  expect(used).toEqual(['three', 'four']);
});

it('does not try again what is refused for good', async () => {
  refuse = Object.assign(new Error('old page'), { code: 426 });
  open();
  await vi.advanceTimersByTimeAsync(60_000);
  expect([used, waits.at(-1)]).toEqual([['one'], 'old page']);
});

it('says why the server has too much of us, and asks again now and then', async () => {
  open();
  await vi.advanceTimersByTimeAsync(0);
  refuse = Object.assign(new Error('very many'), { code: 429 });
  listener?.onFriends(LISTS);
  listener?.onClosed(TOO_MANY_PAGES.code);
  expect(waits.at(-1)).toBe(TOO_MANY_PAGES.words);
  await vi.advanceTimersByTimeAsync(9000);
  expect(used).toEqual(['one']);
  await vi.advanceTimersByTimeAsync(2000);
  expect([used, waits.at(-1)]).toEqual([['one', 'two'], 'very many']);
  refuse = undefined;
  await vi.advanceTimersByTimeAsync(10_000);
  listener?.onFriends(LISTS);
  listener?.onClosed(1006);
  expect([used, waits.at(-1)]).toEqual([['one', 'two', 'three'], undefined]);
});

it('is closed for good, even while it is being opened', async () => {
  open();
  line.close();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(used).toEqual([]);
  open();
  await vi.advanceTimersByTimeAsync(0);
  line.close();
  expect(hungUp).toBe(1);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(used).toEqual(['two']);
});

it('asks for no ticket once its session is over, before it is known who we are now', async () => {
  open();
  await vi.advanceTimersByTimeAsync(0);
  const { promise, resolve: known } = Promise.withResolvers<void>();
  signedOut = () => promise;
  listener?.onClosed(SIGNED_OUT_CODE);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(used).toEqual(['one']);
  known();
  await vi.advanceTimersByTimeAsync(400);
  expect(used).toEqual(['one', 'two']);
});

it('asks for none where we are nobody by then', async () => {
  open();
  await vi.advanceTimersByTimeAsync(0);
  signedOut = async () => line.close();
  listener?.onClosed(SIGNED_OUT_CODE);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(used).toEqual(['one']);
});
