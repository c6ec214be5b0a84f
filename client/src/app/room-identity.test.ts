import type { Account } from '@chatmux/schema';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { patch, store } from '../store/store.ts';
import { RoomIdentity } from './room-identity.ts';

const ANN: Account = {
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
};

let sent: (string | null)[];
let tickets: number;
let loads: number;
let giveTicket: () => Promise<string | undefined>;
let identity: RoomIdentity;

const signIn = (account: Account | undefined) => patch('account', { account });
/** What the roster shows of us. */
const show = (who: string) =>
  store.setState({
    me: 1,
    people: {
      1: {
        id: 1,
        name: 'Ann',
        colour: 1,
        identity: who,
        mic: false,
        cam: false,
        screen: false,
        here: true,
        deaf: false,
        busy: false,
        speaking: false,
        role: 0,
        muted: false,
        pronouns: '',
        about: '',
        circle: 0,
        me: true,
        alsoMe: false,
      },
    },
  });
const settle = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  [sent, tickets, loads] = [[], 0, 0];
  signIn(undefined);
  show('');
  giveTicket = async () => {
    tickets += 1;
    return `t${tickets}`;
  };
  identity = new RoomIdentity((ticket) => sent.push(ticket), {
    ticket: () => giveTicket(),
    load: async () => {
      loads += 1;
      return true;
    },
  });
});
afterEach(() => {
  identity.close();
  signIn(undefined);
  store.setState({ me: undefined, people: {} });
  vi.useRealTimers();
});

it('says nothing for a guest, and nothing before there is a seat', async () => {
  signIn(ANN);
  await settle();
  expect(sent).toEqual([]);
  signIn(undefined);
  identity.welcome();
  await settle();
  expect(sent).toEqual([]);
});

it('tells each seat once who we are, and that we are nobody any more', async () => {
  signIn(ANN);
  identity.welcome();
  await settle();
  show('ann');
  signIn({ ...ANN, name: 'Anna' });
  await vi.advanceTimersByTimeAsync(20_000);
  expect(sent).toEqual(['t1']);
  identity.welcome();
  await settle();
  signIn(undefined);
  await settle();
  expect(sent).toEqual(['t1', 't2', null]);
});

it('tells it again where the room did not take it, until it does', async () => {
  signIn(ANN);
  giveTicket = async () => undefined;
  identity.welcome();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(sent).toEqual([]);
  giveTicket = async () => 'good';
  await vi.advanceTimersByTimeAsync(10_000);
  show('ann');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sent).toEqual(['good', 'good']);
});

it('says what is true when it is said: who signs out meanwhile is not told as signed in', async () => {
  let give: (ticket: string) => void = () => undefined;
  giveTicket = () =>
    new Promise((resolve) => {
      give = resolve;
    });
  signIn(ANN);
  identity.welcome();
  await settle();
  signIn(undefined);
  give('late');
  await settle();
  expect(sent).toEqual([]);
});

it('asks who we are where the room takes it back, and says nothing more after the stay', async () => {
  signIn(ANN);
  identity.welcome();
  await settle();
  show('ann');
  show('');
  await settle();
  expect(loads).toBe(1);
  // It was only that seat: we are still somebody.
  expect(sent).toEqual(['t1', 't2']);
  identity.close();
  signIn(undefined);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sent).toEqual(['t1', 't2']);
});
