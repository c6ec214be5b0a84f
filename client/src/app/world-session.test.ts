import { readFile } from 'node:fs/promises';
import type { ServerMessages } from '@chatmux/schema';
import { PROTOCOL_VERSION } from '@chatmux/schema';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SeatListener } from '../net/world-door.ts';
import { patch, store } from '../store/store.ts';
import { WorldSession } from './world-session.ts';

const plaza = await readFile(new URL('../../../assets/worlds/plaza.json', import.meta.url), 'utf8');
const welcome: ServerMessages['welcome'] = {
  id: 7,
  worldId: 'plaza',
  graceSeconds: 10,
  media: { mode: 'none', epoch: 1, iceServers: [] },
};

/** A session at the door; the test opens it and is the server. */
function setUp() {
  let listener: SeatListener | undefined;
  const seat = {
    token: 'token',
    listen: (given: SeatListener) => {
      listener = given;
    },
    send: vi.fn(),
    request: () => new Promise<unknown>(() => undefined),
    ping: () => undefined,
    leave: vi.fn(),
    drop: vi.fn(),
  };
  const coming = Promise.withResolvers<typeof seat>();
  const door = { join: () => coming.promise, comeBack: () => coming.promise };
  const onReady = vi.fn();
  const session = new WorldSession({ turn: 0, controls: { x: 0, y: 0, run: false } }, onReady, door);
  store.setState({ phase: 'entering' });
  session.connection.join({ version: PROTOCOL_VERSION, name: 'Ada', colour: 1, guestKey: 'k'.repeat(43) });
  return {
    session,
    seat,
    onReady,
    async open() {
      coming.resolve(seat);
      await vi.advanceTimersByTimeAsync(0);
    },
    async welcome() {
      listener?.onMessage('welcome', welcome);
      await vi.advanceTimersByTimeAsync(0);
    },
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

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, 'warn').mockReturnValue();
  patch('connection', { state: 'idle', problem: undefined });
  store.setState({ phase: 'lobby' });
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
    const { seat, open, welcome } = setUp();
    await open();
    await welcome();
    await vi.advanceTimersByTimeAsync(5000);
    expect(get).toHaveBeenCalledTimes(3);
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

it('leaving while the join is under way leaves no seat behind', async () => {
  const { session, seat, open } = setUp();
  session.leave();
  await open();
  expect(seat.leave).toHaveBeenCalledOnce();
  expect(store.getState()).toMatchObject({ phase: 'lobby', connection: { state: 'idle' } });
});
