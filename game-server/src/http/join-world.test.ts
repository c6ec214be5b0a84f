import { type JoinOptions, PROTOCOL_VERSION, WORLD_ROOM } from '@chatmux/schema';
import { CloseCode, matchMaker } from '@colyseus/core';
import { Client, type Room } from 'colyseus.js';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { MAX_PROMISES_OF_ADDRESS } from '../rooms/places.ts';
import { createWorldJoin } from './join-world.ts';
import { askToJoin } from './testing/ask.ts';
import { CAPACITY, CopyRoom } from './testing/copy-room.ts';
import { startWorld, type TestWorld } from './testing/start-world.ts';

const MAX_COPIES = 3;
let world: TestWorld;
beforeAll(async () => {
  const worlds = new Map([
    ['meadow', true],
    ['beach', true],
  ]);
  const join = createWorldJoin({
    worlds,
    defaultWorld: 'meadow',
    maxCopies: MAX_COPIES,
    patienceMs: 1000,
    order: {
      standing: async () => ({ role: 0, refusal: undefined, mutedUntil: undefined }),
      hashAddress: () => '0'.repeat(64),
    },
  });
  world = await startWorld(
    { joinLimit: { burst: 10_000, perSecond: 1000 }, trustProxy: true, joins: new Map([[WORLD_ROOM, join]]) },
    undefined,
    (colyseus) => colyseus.define(WORLD_ROOM, CopyRoom),
  );
});
afterAll(() => world.stop());

interface Place {
  world: string;
  copy: number;
  overflow: boolean;
  /** Guests in the copy, ourselves and kept seats included. */
  guests: number;
}
interface Guest {
  room: Room;
  at: Place;
}

const open = new Set<Guest>();
afterEach(async () => {
  await Promise.all([...open].map(leave));
  await vi.waitFor(async () => expect(await copies()).toEqual([]), { timeout: 5000 });
  expect(world.errors).toEqual([]);
});

let keys = 0;
const options = (part: Partial<JoinOptions> = {}): JoinOptions => ({
  version: PROTOCOL_VERSION,
  name: 'Ada',
  colour: 1,
  guestKey: String(keys++).padStart(43, 'c'),
  ...part,
});

async function join(part: Partial<JoinOptions> = {}): Promise<Guest> {
  return sit(await client().joinOrCreate(WORLD_ROOM, options(part)));
}
/** Comes with a reservation, as the answer to a join holds it. */
const come = async (text: string) => sit(await client().consumeSeatReservation(JSON.parse(text)));
const client = () => new Client(`http://127.0.0.1:${world.port}`);
async function sit(room: Room): Promise<Guest> {
  room.reconnection.enabled = false;
  const guest: Guest = { room, at: await new Promise<Place>((told) => room.onMessage('welcome', told)) };
  open.add(guest);
  return guest;
}
async function leave(guest: Guest): Promise<void> {
  open.delete(guest);
  await guest.room.leave();
}
const many = (count: number, part?: Partial<JoinOptions>) =>
  Promise.all(Array.from({ length: count }, () => join(part)));
const copies = async (of?: string) =>
  (await matchMaker.query({ name: WORLD_ROOM }))
    .filter(({ metadata }) => of === undefined || metadata.world === of)
    .map(({ metadata }) => metadata.copy)
    .sort();
const counts = (guests: Guest[]) =>
  [1, 2, 3].map((copy) => guests.filter(({ at }) => at.copy === copy).length);
const ask = async (part: Partial<JoinOptions> | { overflow: boolean }, address = '127.0.0.1') =>
  askToJoin(world.port, {
    path: `/matchmake/joinOrCreate/${WORLD_ROOM}`,
    headers: { 'X-Forwarded-For': address },
    body: JSON.stringify({ ...options(), ...part }),
  });

it('fills copies one after the other, however many come at once, and then says that the world is full', async () => {
  const guests = await many(3 * CAPACITY);
  expect(counts(guests)).toEqual([CAPACITY, CAPACITY, CAPACITY]);
  expect(await copies()).toEqual([1, 2, 3]);
  for (const { at } of guests) expect(at.overflow).toBe(at.copy > 1);
  const answers = await Promise.all([ask({}), ask({ copy: 2 }), ask({ copy: 7 })]);
  for (const { status, text } of answers) {
    expect(status).toBe(503);
    expect(JSON.parse(text)).toMatchObject({ code: 'world-full', message: expect.stringMatching(/full/) });
  }
  // Another world has places of its own.
  expect((await join({ world: 'beach' })).at).toMatchObject({ world: 'beach', copy: 1, overflow: false });
});

it('follows somebody into their copy while it has a place, and says so when it has none', async () => {
  const [first] = await many(CAPACITY);
  const second = await join();
  expect(second.at).toMatchObject({ copy: 2, overflow: true });
  expect((await join({ copy: 2 })).at).toMatchObject({ copy: 2, overflow: false });
  expect((await join({ copy: 1 })).at).toMatchObject({ copy: 2, overflow: true });
  if (first) await leave(first);
  await vi.waitFor(async () => {
    const follower = await join({ copy: 1 });
    if (follower.at.copy !== 1) await leave(follower);
    expect(follower.at).toMatchObject({ copy: 1, overflow: false, guests: CAPACITY });
  });
});

it('keeps the numbers of open copies, and gives a free one again', async () => {
  const guests = await many(CAPACITY + 1);
  await Promise.all(guests.filter(({ at }) => at.copy === 1).map(leave));
  await vi.waitFor(async () => expect(await copies()).toEqual([2]));
  expect((await join()).at).toMatchObject({ copy: 2, overflow: false });
  // One that is gone stands for none in particular.
  expect((await join({ copy: 1 })).at).toMatchObject({ copy: 2, overflow: false });
  // Three sit there; the last of these finds no place any more.
  expect(counts(await many(CAPACITY - 2))).toEqual([1, CAPACITY - 3, 0]);
  expect(await copies()).toEqual([1, 2]);
});

it('brings a guest back to their kept seat, in a full copy as well', async () => {
  const guestKey = 'r'.repeat(43);
  const before = await join({ guestKey });
  await many(CAPACITY - 1);
  await many(CAPACITY);
  open.delete(before);
  before.room.connection.close(CloseCode.MAY_TRY_RECONNECT);
  // The seat is kept: for others the copy is full.
  await vi.waitFor(async () => {
    const rooms = await matchMaker.query({ name: WORLD_ROOM });
    const first = rooms.find(({ metadata }) => metadata.copy === 1);
    expect(matchMaker.getLocalRoomById(first?.roomId ?? '').clients).toHaveLength(CAPACITY - 1);
  });
  expect((await join()).at.copy).toBe(3);
  for (const part of [{}, { copy: 1 }, { copy: 2 }]) {
    const back = await join({ guestKey, ...part });
    expect(back.at).toMatchObject({ copy: 1, guests: CAPACITY, overflow: part.copy === 2 });
    open.delete(back);
    back.room.connection.close(CloseCode.MAY_TRY_RECONNECT);
    await vi.waitFor(async () => {
      const rooms = await matchMaker.query({ name: WORLD_ROOM });
      const first = rooms.find(({ metadata }) => metadata.copy === 1);
      expect(matchMaker.getLocalRoomById(first?.roomId ?? '').clients).toHaveLength(CAPACITY - 1);
    });
  }
  await leave(await join({ guestKey }));
});

it('lets no address hold many places by joins that it does not complete, and opens no copy for them', async () => {
  const { room } = await join();
  const held = await Promise.all(
    Array.from({ length: MAX_PROMISES_OF_ADDRESS }, (_, i) => ask({}, `2001:db8::${i}`)),
  );
  expect(held.map(({ status }) => status)).toEqual(held.map(() => 200));
  const refused = await ask({}, '2001:db8::ff:1');
  expect([refused.status, refused.headers['retry-after']]).toEqual([429, '2']);
  expect(JSON.parse(refused.text)).toMatchObject({
    code: 'too-many',
    message: expect.stringMatching(/address.+try again/),
  });
  expect(await copies()).toEqual([1]);
  // One of ten sits, eight are held: the last place is for somebody else.
  const other = await ask({}, '2001:db8:0:1::1');
  expect([other.status, JSON.parse(other.text).roomId]).toEqual([200, room.roomId]);
  // Who comes after all frees the turn of the next, who finds the copy full then.
  const waiting = ask({}, '2001:db8::ff:2');
  for (const { text } of [...held, other]) await come(text);
  await come((await waiting).text);
  expect(counts([...open])).toEqual([CAPACITY, 1, 0]);
});

it('lets a class in at once, one after the other, and frees the turn of each who sits', async () => {
  const guests = await many(2 * MAX_PROMISES_OF_ADDRESS);
  expect(counts(guests)).toEqual([CAPACITY, 2 * MAX_PROMISES_OF_ADDRESS - CAPACITY, 0]);
});

it.each([
  ['a world there is not', { world: 'moon' }, 404, 'not-found'],
  ['a world that is no name', { world: '../moon' }, 400, 'bad-message'],
  ['a copy that can be none', { copy: 0 }, 400, 'bad-message'],
  ['a claim of its own', { overflow: true }, 400, 'bad-message'],
  ['no name', { name: ' ' }, 422, 'bad-name'],
])('refuses %s, and opens nothing for it', async (_what, part, status, code) => {
  const answer = await ask(part);
  expect([answer.status, JSON.parse(answer.text).code]).toEqual([status, code]);
  expect(await copies()).toEqual([]);
});

it.each(['join', 'joinById', 'create'])('gives no way around by %s', async (method) => {
  const { at, room } = await join();
  expect(at.copy).toBe(1);
  for (const target of [WORLD_ROOM, room.roomId]) {
    const answer = await askToJoin(world.port, {
      path: `/matchmake/${method}/${target}`,
      body: JSON.stringify(options()),
    });
    expect(answer.status).toBe(404);
  }
});
