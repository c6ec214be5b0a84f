import { readFile } from 'node:fs/promises';
import { encodeFrame, type JoinOptions, type ServerMessages } from '@chatmux/schema';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OpenSeat, SeatListener, WorldDoor } from '../net/world-door.ts';
import type { Place } from '../store/place-address.ts';
import { patch, store } from '../store/store.ts';
import { WorldSession } from './world-session.ts';

const plaza = await readFile(new URL('../../../assets/worlds/plaza.json', import.meta.url), 'utf8');
/** Another world: the same square by another name. */
const harbour = JSON.stringify({ ...JSON.parse(plaza), id: 'harbour', name: 'Old Harbour' });
const welcome: ServerMessages['welcome'] = {
  id: 7,
  worldId: 'plaza',
  copy: 1,
  overflow: false,
  graceSeconds: 10,
  media: { mode: 'none', epoch: 1, iceServers: [] },
};
const tick = () => vi.advanceTimersByTimeAsync(0);

/** A pose frame in which the server says where we are. */
const placed = (at: { x: number; z: number; yaw: number }) =>
  encodeFrame({
    tick: 1,
    whole: true,
    self: { seq: -1, step: 0, ...at, cut: true },
    groups: [],
    gone: [],
    dropped: [],
  });

/** A seat whose other side is the test. */
class TestSeat implements OpenSeat {
  readonly token = 'token';
  readonly sent: { type: string; message: unknown }[] = [];
  listener: SeatListener | undefined;
  readonly leave = vi.fn();
  readonly drop = vi.fn();
  listen(listener: SeatListener) {
    this.listener = listener;
  }
  send(type: string, message: unknown) {
    this.sent.push({ type, message });
  }
  request() {
    return new Promise<unknown>(() => undefined);
  }
  ping() {
    // Nobody waits long enough to miss the answer.
  }
  async tell<T extends keyof ServerMessages>(type: T, message: ServerMessages[T]) {
    this.listener?.onMessage(type, message);
    await tick();
  }
}

/** A session at the door; the test opens it and is the server, which keeps no seat after a loss. */
function setUp(place?: Place) {
  const asked: { options: JoinOptions; answer: PromiseWithResolvers<OpenSeat> }[] = [];
  const door: WorldDoor = {
    join(options) {
      const answer = Promise.withResolvers<OpenSeat>();
      asked.push({ options, answer });
      return answer.promise;
    },
    comeBack: () => Promise.reject(Object.assign(new Error('Gone.'), { code: 524 })),
  };
  const seat = new TestSeat();
  const onReady = vi.fn();
  const session = new WorldSession({ turn: 0, controls: { x: 0, y: 0, run: false } }, onReady, door);
  session.enter(place);
  return {
    session,
    seat,
    onReady,
    asked,
    async open(index = 0, opened = seat) {
      asked[index]?.answer.resolve(opened);
      await tick();
    },
    async refuse(index: number, code?: number) {
      asked[index]?.answer.reject(Object.assign(new Error('No.'), code === undefined ? {} : { code }));
      await tick();
    },
    welcome: (part: Partial<typeof welcome> = {}) => seat.tell('welcome', { ...welcome, ...part }),
  };
}

/** Answers each fetch of the world with the next of these; the last one repeats. */
function serveWorld(...answers: (() => Promise<Response>)[]) {
  const get = vi.fn(() => {
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (!answer) throw new Error('no answer left');
    return answer();
  });
  vi.stubGlobal('fetch', get);
  return get;
}
const failing = () => Promise.reject(new TypeError('Failed to fetch'));
const down = async () => new Response('', { status: 503 });
const there = async () => new Response(plaza);
const harbourIsThere = async () => new Response(harbour);
const missing = async () => new Response('', { status: 404 });
const toasts = () => store.getState().toasts.map(({ text }) => text);

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, 'warn').mockReturnValue();
  // Node keeps nothing for the page, which is said each time.
  vi.spyOn(console, 'debug').mockReturnValue();
  patch('connection', { state: 'idle', problem: undefined });
  store.setState({ phase: 'lobby', travelling: undefined, toasts: [] });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('the world’s map', () => {
  it('is tried again when it can’t be fetched, and then entered', async () => {
    const get = serveWorld(failing, down, there);
    const { session, open, welcome, onReady } = setUp();
    await open();
    await welcome();
    expect(get).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(5000);
    expect(get).toHaveBeenCalledTimes(3);
    expect(store.getState()).toMatchObject({ phase: 'world', world: { id: 'plaza' }, me: 7 });
    expect(onReady).toHaveBeenCalledOnce();
    session.leave();
  });

  it('that can’t be had gives the seat back, and says why', async () => {
    const get = serveWorld(failing);
    const { session, seat, open, welcome } = setUp();
    session.onEnded = vi.fn();
    await open();
    await welcome();
    await vi.advanceTimersByTimeAsync(5000);
    expect(get).toHaveBeenCalledTimes(3);
    expect(session.onEnded).toHaveBeenCalledOnce();
    expect(seat.leave).toHaveBeenCalledOnce();
    const { phase, connection } = store.getState();
    expect([phase, connection.state]).toEqual(['lobby', 'idle']);
    expect(connection.problem).toMatchObject({ code: 'internal', message: expect.stringContaining('plaza') });
  });

  it('that comes after leaving changes nothing', async () => {
    serveWorld(failing, there);
    const { session, open, welcome, onReady } = setUp();
    await open();
    await welcome();
    session.leave();
    await vi.advanceTimersByTimeAsync(5000);
    expect(store.getState()).toMatchObject({
      phase: 'lobby',
      connection: { problem: undefined },
      toasts: [],
    });
    expect(onReady).not.toHaveBeenCalled();
  });
});

it('keeps whom we hear when only credentials are new, and begins anew on another way', async () => {
  serveWorld(there);
  const { session, seat, open } = setUp();
  await open();
  await seat.tell('welcome', welcome);
  const { epoch } = welcome.media;
  const { mode } = welcome.media;
  const entry = { id: 9, audio: true, video: 0, screen: 0, carry: 'distance', heardBy: true } as const;
  await seat.tell('plan', { epoch, entries: [{ ...entry, seenBy: 0, screenSeenBy: 0 }] });
  await seat.tell('media', { mode, epoch, iceServers: [{ urls: ['stun:a'] }] });
  expect(session.facts.plan).toHaveLength(1);
  await seat.tell('media', { mode, epoch: epoch + 1, iceServers: [] });
  expect(session.facts.plan).toEqual([]);
  session.leave();
});

it('leaving while the join is under way leaves no seat behind', async () => {
  const { session, seat, open } = setUp();
  session.leave();
  await open();
  expect(seat.leave).toHaveBeenCalledOnce();
  expect(store.getState()).toMatchObject({ phase: 'lobby', connection: { state: 'idle' } });
});

describe('who may not stay', () => {
  it('is at the door again, and reads why', async () => {
    serveWorld(there);
    const { session, seat, asked, open, welcome } = setUp();
    session.onEnded = vi.fn();
    await open();
    await welcome();
    await seat.tell('put-out', { words: 'A moderator has put you out.' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(1);
    expect(session.onEnded).toHaveBeenCalledOnce();
    expect(store.getState()).toMatchObject({
      phase: 'lobby',
      world: undefined,
      people: {},
      connection: { problem: { code: 'not-yours', message: 'A moderator has put you out.' } },
    });
  });

  it('reads it at the door as well where the world could not be fetched yet', async () => {
    serveWorld(failing);
    const { seat, open, welcome } = setUp();
    await open();
    await welcome();
    await seat.tell('put-out', { words: 'Out.' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(store.getState()).toMatchObject({ phase: 'lobby', connection: { problem: { message: 'Out.' } } });
  });

  it('is not let in again after a loss, and reads why', async () => {
    serveWorld(there);
    const { seat, asked, open, refuse, welcome } = setUp();
    await open();
    await welcome();
    seat.listener?.onClosed();
    await vi.advanceTimersByTimeAsync(1000);
    await refuse(1, 403);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(2);
    expect(store.getState()).toMatchObject({
      phase: 'lobby',
      world: undefined,
      connection: { problem: { code: 'not-yours', message: 'No.' } },
    });
  });
});

describe('copies', () => {
  it('are named when there was no choice, and kept for a join after a loss', async () => {
    serveWorld(there);
    const { session, seat, asked, open, welcome } = setUp();
    await open();
    await welcome({ copy: 2, overflow: true });
    expect(store.getState()).toMatchObject({ world: { id: 'plaza' }, copy: 2 });
    expect(toasts()).toEqual([expect.stringMatching(/is full, so you are in copy 2 of it\.$/)]);
    seat.listener?.onClosed();
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked[1]?.options).toMatchObject({ world: 'plaza', copy: 2 });
    session.leave();
    expect(store.getState()).toMatchObject({ world: undefined, copy: 1, people: {} });
  });

  it('of an address that are full are named, too', async () => {
    serveWorld(there);
    const { session, asked, open, welcome } = setUp({ world: 'plaza', copy: 1 });
    expect(asked[0]?.options).toMatchObject({ world: 'plaza', copy: 1 });
    await open();
    await welcome({ copy: 3, overflow: true });
    expect(toasts()).toEqual([expect.stringMatching(/^Copy 1 of .* is full, so you are in copy 3\.$/)]);
    session.leave();
  });
});

it('an address that names no world there is leads to the usual one, with a word', async () => {
  serveWorld(there);
  const { session, asked, open, refuse, welcome } = setUp({ world: 'moon', copy: 2 });
  await refuse(0, 404);
  expect(asked[1]?.options).not.toHaveProperty('world');
  expect(toasts()).toEqual([expect.stringMatching(/usual one/)]);
  await open(1);
  await welcome();
  expect(store.getState()).toMatchObject({ phase: 'world', world: { id: 'plaza' } });
  session.leave();
});

describe('travelling', () => {
  async function inPlaza() {
    const all = setUp();
    serveWorld(there, harbourIsThere);
    await all.open();
    await all.welcome();
    await all.seat.tell('blocked', { ids: [9] });
    return all;
  }

  it('takes the seat there before it gives up the one here, and starts anew with everything of the room', async () => {
    const { session, seat, asked, open, onReady } = await inPlaza();
    session.setStatus({ deaf: true, busy: false });
    const { sim } = session;
    await seat.tell('travel', { world: 'harbour', portal: 'pier' });
    expect(store.getState().travelling).toBe('Old Harbour');
    expect(asked[1]?.options).toMatchObject({ world: 'harbour', portal: 'pier' });
    expect(seat.leave).not.toHaveBeenCalled();
    const there = new TestSeat();
    await open(1, there);
    expect([seat.leave.mock.calls.length, seat.drop.mock.calls.length]).toEqual([1, 0]);
    expect(store.getState()).toMatchObject({ me: undefined, blocked: [], travelling: 'Old Harbour' });
    // What the new room says before its welcome is not for the old world.
    there.listener?.onMessage('blocked', { ids: [3] });
    expect(store.getState().blocked).toEqual([]);
    await there.tell('welcome', {
      ...welcome,
      id: 2,
      worldId: 'harbour',
      media: { ...welcome.media, epoch: 0 },
    });
    // The veil opens when the place is known, and we look where we face.
    expect(store.getState()).toMatchObject({ me: 2, travelling: 'Old Harbour' });
    there.listener?.onPoses(placed({ x: 3, z: -5, yaw: Math.PI / 2 }));
    expect(session.sim?.me).toMatchObject({ x: 3, z: -5 });
    expect(session.sim?.view.yaw).toBeCloseTo(Math.PI / 2);
    expect(store.getState()).toMatchObject({
      phase: 'world',
      world: { id: 'harbour', name: 'Old Harbour' },
      me: 2,
      travelling: undefined,
      status: { deaf: true, busy: false },
    });
    expect(session.sim).toBeDefined();
    expect(session.sim).not.toBe(sim);
    expect(onReady).toHaveBeenCalledTimes(2);
    expect(there.sent).toContainEqual({ type: 'status', message: { deaf: true, busy: false } });
    session.leave();
    expect(there.leave).toHaveBeenCalledOnce();
    expect(store.getState().status).toEqual({ deaf: false, busy: false });
  });

  it.each([
    ['the world is full', 503, /^Old Harbour is full/],
    ['nobody answers', undefined, /couldn't get to Old Harbour/],
    ['the world is not there', 404, /no such world/],
    ['one is not let in', 403, /^No\.$/],
  ])('stays with a word where %s', async (_what, code, words) => {
    const { session, seat, refuse } = await inPlaza();
    const { sim } = session;
    await seat.tell('travel', { world: 'harbour' });
    await refuse(1, code);
    expect(seat.leave).not.toHaveBeenCalled();
    expect(session.sim).toBe(sim);
    expect(session.connection.online).toBe(true);
    expect(store.getState()).toMatchObject({
      world: { id: 'plaza' },
      me: 7,
      blocked: [9],
      travelling: undefined,
    });
    expect(toasts()).toEqual([expect.stringMatching(words)]);
    session.leave();
  });

  it('stays where there is no map of the world, without asking for a seat', async () => {
    const { session, seat, asked } = await inPlaza();
    const get = serveWorld(missing);
    await seat.tell('travel', { world: 'harbour' });
    expect(get).toHaveBeenCalledOnce();
    expect(asked).toHaveLength(1);
    expect(store.getState().travelling).toBeUndefined();
    expect(toasts()).toEqual(['There is no such world.']);
    session.leave();
  });

  it('stays when no answer comes, and gives up the seat that comes late', async () => {
    const { session, seat, open } = await inPlaza();
    await seat.tell('travel', { world: 'harbour' });
    await vi.advanceTimersByTimeAsync(10_001);
    expect(store.getState()).toMatchObject({ world: { id: 'plaza' }, travelling: undefined });
    const late = new TestSeat();
    await open(1, late);
    expect([late.leave.mock.calls.length, late.listener]).toEqual([1, undefined]);
    session.leave();
  });

  it('begins once however often it is asked for, and not after leaving', async () => {
    const { session, seat, asked, open } = await inPlaza();
    await seat.tell('travel', { world: 'harbour' });
    await seat.tell('travel', { world: 'harbour' });
    expect(asked).toHaveLength(2);
    session.leave();
    const late = new TestSeat();
    await open(1, late);
    expect(late.leave).toHaveBeenCalledOnce();
    expect(store.getState()).toMatchObject({ phase: 'lobby', travelling: undefined, toasts: [] });
  });

  it('to another copy of the same world keeps the map and takes another body', async () => {
    const { session, asked, open } = await inPlaza();
    const { sim, map } = session;
    void session.goTo({ world: 'plaza', copy: 2 });
    await tick();
    expect(asked[1]?.options).toMatchObject({ world: 'plaza', copy: 2 });
    const there = new TestSeat();
    await open(1, there);
    await there.tell('welcome', { ...welcome, copy: 2 });
    there.listener?.onPoses(placed({ x: 3, z: -5, yaw: 0 }));
    expect(session.map).toBe(map);
    expect(session.sim).not.toBe(sim);
    expect(store.getState()).toMatchObject({ copy: 2, travelling: undefined, toasts: [] });
    session.leave();
  });
});
