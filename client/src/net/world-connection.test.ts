import { type JoinOptions, PROTOCOL_VERSION, type Problem, PUT_OUT_CODE } from '@chatmux/schema';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WorldConnection } from './world-connection.ts';
import type { OpenSeat, SeatListener } from './world-door.ts';

/** A seat whose other side is the test. */
class TestSeat implements OpenSeat {
  readonly token: string;
  readonly sent: { type: string; message: unknown }[] = [];
  readonly asked: ((reply: unknown) => void)[] = [];
  listener: SeatListener | undefined;
  end: 'left' | 'dropped' | undefined;
  answersPings = true;
  pings = 0;

  constructor(token: string) {
    this.token = token;
  }
  listen(listener: SeatListener) {
    this.listener = listener;
  }
  send(type: string, message: unknown) {
    this.sent.push({ type, message });
  }
  request() {
    return new Promise((resolve) => this.asked.push(resolve));
  }
  ping(onAnswer: (ms: number) => void) {
    this.pings += 1;
    if (this.answersPings) onAnswer(20);
  }
  leave() {
    this.end = 'left';
  }
  drop() {
    this.end ??= 'dropped';
  }
}

/** An attempt to come in, decided by the test. */
interface Knock {
  how: string;
  open(token?: string): Promise<TestSeat>;
  refuse(code?: number): Promise<void>;
}

const options: JoinOptions = { version: PROTOCOL_VERSION, name: 'Ada', colour: 1, guestKey: 'k'.repeat(43) };
const settled = () => vi.advanceTimersByTimeAsync(0);

function setUp() {
  const knocks: Knock[] = [];
  const asked: JoinOptions[] = [];
  const knock = (how: string) =>
    new Promise<OpenSeat>((resolve, reject) => {
      knocks.push({
        how,
        async open(token = 'token') {
          const seat = new TestSeat(token);
          resolve(seat);
          await settled();
          return seat;
        },
        async refuse(code) {
          reject(Object.assign(new Error('no'), code === undefined ? {} : { code }));
          await settled();
        },
      });
    });
  const states: string[] = [];
  const problems: (Problem | undefined)[] = [];
  const connection = new WorldConnection(
    {
      join(given) {
        asked.push(given);
        return knock('join');
      },
      comeBack: (token) => knock(`back with ${token}`),
    },
    {
      onState(state, problem) {
        states.push(state);
        problems.push(problem);
      },
      onRoster: () => undefined,
      onRoundTrip: () => undefined,
      onPoses: () => undefined,
      onMessage: () => undefined,
    },
  );
  const at = (index: number): Knock => {
    const found = knocks[index];
    if (!found) throw new Error(`there were ${knocks.length} attempts`);
    return found;
  };
  return { connection, knocks, at, states, problems, asked };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('attempts', () => {
  it('are not doubled while one is under way, whoever asks', async () => {
    const { connection, knocks, at, states } = setUp();
    connection.join(options);
    connection.retryNow();
    connection.retryNow();
    expect(knocks).toHaveLength(1);
    await at(0).open();
    connection.retryNow();
    expect(knocks).toHaveLength(1);
    expect(states).toEqual(['connecting', 'online']);
  });

  it('come back with the token at once when asked to, and only once', async () => {
    const { connection, knocks, at } = setUp();
    connection.join(options);
    (await at(0).open()).listener?.onClosed();
    connection.retryNow();
    await vi.advanceTimersByTimeAsync(9000);
    connection.retryNow();
    expect(knocks.map(({ how }) => how)).toEqual(['join', 'back with token']);
  });

  it('that hang are given up for another, and leave the seat they bring late', async () => {
    const { connection, knocks, at, states } = setUp();
    connection.join(options);
    await vi.advanceTimersByTimeAsync(10_001);
    connection.retryNow();
    expect(knocks).toHaveLength(2);
    const seat = await at(1).open('second');
    const late = await at(0).open('first');
    expect([late.end, late.listener, seat.end]).toEqual(['left', undefined, undefined]);
    seat.listener?.onClosed();
    connection.retryNow();
    expect(at(2).how).toBe('back with second');
    expect(states).toEqual(['connecting', 'online', 'reconnecting']);
  });

  it('that hang and fail late change nothing', async () => {
    const { connection, knocks, at, states } = setUp();
    connection.join(options);
    (await at(0).open()).listener?.onClosed();
    connection.retryNow();
    await vi.advanceTimersByTimeAsync(10_001);
    connection.retryNow();
    const seat = await at(2).open('again');
    await at(1).refuse(524);
    await vi.advanceTimersByTimeAsync(5000);
    expect(knocks).toHaveLength(3);
    expect(seat.end).toBeUndefined();
    expect(connection.online).toBe(true);
    expect(states.at(-1)).toBe('online');
  });

  it('go on after failures, and join anew when the seat is gone', async () => {
    const { connection, knocks, at } = setUp();
    connection.join(options);
    (await at(0).open()).listener?.onClosed();
    await vi.advanceTimersByTimeAsync(400);
    await at(1).refuse();
    await vi.advanceTimersByTimeAsync(1000);
    await at(2).refuse(524);
    expect(knocks.map(({ how }) => how)).toEqual(['join', 'back with token', 'back with token', 'join']);
  });

  it('end with a refusal that is final', async () => {
    const { connection, knocks, at, states } = setUp();
    connection.join(options);
    await at(0).refuse(422);
    connection.retryNow();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(knocks).toHaveLength(1);
    expect(states.at(-1)).toBe('offline');
  });
});

describe('being put out', () => {
  it('ends it with the words for it, and nothing comes back by itself', async () => {
    const { connection, knocks, at, states, problems } = setUp();
    connection.join(options);
    const seat = await at(0).open();
    seat.listener?.onMessage('put-out', { words: 'A moderator has put you out.' });
    seat.listener?.onClosed(PUT_OUT_CODE);
    connection.retryNow();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([knocks.length, seat.end, connection.online]).toEqual([1, 'dropped', false]);
    expect(states).toEqual(['connecting', 'online', 'offline']);
    expect(problems.at(-1)).toEqual({ code: 'not-yours', message: 'A moderator has put you out.' });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends it by the line alone, too', async () => {
    const { connection, knocks, at, states, problems } = setUp();
    connection.join(options);
    (await at(0).open()).listener?.onClosed(PUT_OUT_CODE);
    await vi.advanceTimersByTimeAsync(60_000);
    expect([knocks.length, states.at(-1), problems.at(-1)?.code]).toEqual([1, 'offline', 'not-yours']);
  });

  it('ends a move as well, and whoever asks comes in anew', async () => {
    const { connection, at, states } = setUp();
    connection.join(options);
    const seat = await at(0).open('here');
    const moved = connection.moveTo({ world: 'beach' }).catch((error: unknown) => error);
    seat.listener?.onMessage('put-out', { words: 'Out.' });
    const there = await at(1).open('there');
    expect(await moved).toMatchObject({ code: 'stale' });
    expect(there.end).toBe('left');
    connection.join(options);
    expect(at(2).how).toBe('join');
    await at(2).open('again');
    expect(states.at(-1)).toBe('online');
    connection.leave();
  });
});

describe('leaving', () => {
  it('during a join gives up the seat that comes', async () => {
    const { connection, at, states } = setUp();
    connection.join(options);
    connection.leave();
    const seat = await at(0).open();
    expect([seat.end, seat.listener]).toEqual(['left', undefined]);
    expect(connection.online).toBe(false);
    expect(states).toEqual(['connecting', 'idle']);
  });

  it('during a return gives up the seat as well', async () => {
    const { connection, at } = setUp();
    connection.join(options);
    const first = await at(0).open();
    first.listener?.onClosed();
    connection.retryNow();
    connection.leave();
    expect((await at(1).open()).end).toBe('left');
    expect(first.end).toBe('dropped');
  });

  it('during a join that then fails tries no more', async () => {
    const { connection, knocks, at, states } = setUp();
    connection.join(options);
    connection.leave();
    await at(0).refuse();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(knocks).toHaveLength(1);
    expect(states.at(-1)).toBe('idle');
  });

  it('and joining again keeps the second seat alone', async () => {
    const { connection, at } = setUp();
    connection.join(options);
    connection.leave();
    connection.join(options);
    const second = await at(1).open('second');
    const first = await at(0).open('first');
    expect([first.end, second.end]).toEqual(['left', undefined]);
    connection.leave();
    expect(second.end).toBe('left');
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('silence', () => {
  it('closes a connection whose pings stay unanswered, and comes back', async () => {
    const { connection, knocks, at } = setUp();
    connection.join(options);
    const seat = await at(0).open();
    seat.answersPings = false;
    await vi.advanceTimersByTimeAsync(12_000);
    expect(seat.end).toBe('dropped');
    expect(knocks[1]?.how).toBe('back with token');
  });

  it('of a hidden page, whose timers sleep, closes nothing', async () => {
    const { connection, at } = setUp();
    connection.join(options);
    const seat = await at(0).open();
    for (let minute = 1; minute <= 5; minute++) {
      // The clock goes on without the timer, which then runs once.
      const slept = performance.now() + 58_000;
      vi.spyOn(performance, 'now').mockReturnValue(slept);
      await vi.advanceTimersByTimeAsync(2000);
    }
    expect(seat.pings).toBe(5);
    expect(seat.end).toBeUndefined();
  });
});

describe('what others provoke', () => {
  const signal = (connection: number) => ({ to: 2, epoch: 1, connection });

  it('is said in order and no faster than the server lets us', async () => {
    const { connection, at } = setUp();
    connection.join(options);
    const seat = await at(0).open();
    for (let i = 0; i < 300; i++) connection.sendSignal(signal(i));
    expect(seat.sent.length).toBeLessThanOrEqual(100);
    await vi.advanceTimersByTimeAsync(1000);
    expect(seat.sent.length).toBeLessThanOrEqual(141);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(seat.sent.map(({ message }) => message)).toEqual(Array.from({ length: 300 }, (_, i) => signal(i)));
  });

  it('never holds back an input', async () => {
    const { connection, at } = setUp();
    connection.join(options);
    const seat = await at(0).open();
    for (let i = 0; i < 300; i++) connection.sendSignal(signal(i));
    connection.send('input', { seq: 1, step: 1, gait: 0, heading: 0 });
    expect(seat.sent.at(-1)?.type).toBe('input');
  });

  it('paces requests, and refuses those that wait when the connection is lost', async () => {
    const { connection, at } = setUp();
    connection.join(options);
    const seat = await at(0).open();
    const ask = () => connection.request({ method: 'consumer-ready', epoch: 1, consumerId: 'c' });
    const asked = Array.from({ length: 100 }, () => ask().catch((error: unknown) => error));
    await settled();
    expect(seat.asked).toHaveLength(60);
    seat.asked[0]?.({ ok: true, data: { a: 1 } });
    expect(await asked[0]).toEqual({ a: 1 });
    seat.listener?.onClosed();
    expect(await asked[99]).toMatchObject({ code: 'media-down' });
    await expect(ask()).rejects.toMatchObject({ code: 'media-down' });
  });
});

describe('a move to another room', () => {
  const elsewhere = { world: 'beach', portal: 'pier' };

  it('ends a return that is under way, and leaves what it brings late', async () => {
    const { connection, knocks, at, states, asked } = setUp();
    connection.join(options);
    (await at(0).open()).listener?.onClosed();
    connection.retryNow();
    const moved = connection.moveTo(elsewhere);
    const seat = await at(2).open('there');
    await moved;
    expect(asked.at(-1)).toEqual({ ...options, ...elsewhere });
    const late = await at(1).open('late');
    await vi.advanceTimersByTimeAsync(1000);
    expect([late.end, seat.end, knocks.length]).toEqual(['left', undefined, 3]);
    expect(states.at(-1)).toBe('online');
    connection.leave();
  });

  it('is over when another one begins', async () => {
    const { connection, at } = setUp();
    connection.join(options);
    await at(0).open('here');
    const first = connection.moveTo(elsewhere).catch((error: unknown) => error);
    const second = connection.moveTo({ world: 'hall' });
    const there = await at(2).open('there');
    await second;
    const late = await at(1).open('late');
    expect(await first).toMatchObject({ code: 'stale' });
    expect([late.end, there.end]).toEqual(['left', undefined]);
    connection.leave();
  });

  it('is where a join after a loss goes, to the copy we were in, and not by the portal again', async () => {
    const { connection, at, asked } = setUp();
    connection.join(options);
    await at(0).open('here');
    const moved = connection.moveTo(elsewhere);
    const seat = await at(1).open('there');
    await moved;
    connection.stayIn('beach', 3);
    seat.listener?.onClosed();
    connection.retryNow();
    await at(2).refuse(524);
    expect(at(3).how).toBe('join');
    expect(asked.at(-1)).toEqual({ ...options, world: 'beach', copy: 3 });
    connection.leave();
  });

  it('that is refused changes nothing', async () => {
    const { connection, at, states } = setUp();
    connection.join(options);
    const here = await at(0).open('here');
    const refused = connection.moveTo(elsewhere).catch((error: unknown) => error);
    await at(1).refuse(503);
    expect(await refused).toMatchObject({ code: 'world-full' });
    expect([here.end, connection.online]).toEqual([undefined, true]);
    expect(states).toEqual(['connecting', 'online']);
    connection.leave();
  });
});

it('a world that is not there ends the attempts', async () => {
  const { connection, at, knocks, states } = setUp();
  connection.join({ ...options, world: 'moon' });
  await at(0).refuse(404);
  await vi.advanceTimersByTimeAsync(10_000);
  expect([knocks.length, states.at(-1)]).toEqual([1, 'offline']);
});
