import { ProblemError } from '@chatmux/schema';
import { describe, expect, it } from 'vitest';
import { SmallWorld } from '../testing/small-world.ts';
import { DirectRelay, REACH_STEADY_MS } from './direct-relay.ts';

const FINGERPRINT = Array.from({ length: 32 }, () => '0F').join(':');
const OTHER = Array.from({ length: 32 }, () => '1F').join(':');
const offer = (to: number, fingerprint: string) => ({
  to,
  epoch: 1,
  connection: 1,
  description: { type: 'offer' as const, sdp: `v=0\r\na=fingerprint:sha-256 ${fingerprint}\r\n`, offer: 1 },
});

/** Three people who all hear each other, and a fourth far off. */
function setUp() {
  const small = new SmallWorld();
  small.tick(small.join(1, 0, 0), small.join(2, 3, 0), small.join(3, 0, 4), small.join(4, 200, 0));
  small.ticks(16);
  const told: [number, number[]][] = [];
  let now = 0;
  const relay = new DirectRelay(
    () => now,
    (to, { ids }) => told.push([to, ids]),
  );
  for (const id of [1, 2, 3, 4]) relay.register(id, FINGERPRINT);
  return {
    small,
    relay,
    pass: (ms: number) => {
      now += ms;
    },
    update(mode: 'sfu' | 'direct') {
      told.length = 0;
      relay.update(small.world.people, mode, 1);
      return told.sort(([a], [b]) => a - b);
    },
  };
}

const codeOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    if (error instanceof ProblemError) return error.code;
    throw error;
  }
  return 'done';
};

describe('who is connected directly', () => {
  it('[DR1] is everyone who is near in direct mode, and nobody through the media server', () => {
    const { update } = setUp();
    expect(update('direct')).toEqual([
      [1, [2, 3]],
      [2, [1, 3]],
      [3, [1, 2]],
    ]);
    expect(update('direct')).toEqual([]);
    expect(update('sfu')).toEqual([
      [1, []],
      [2, []],
      [3, []],
    ]);
  });

  it('[DR1] [DR2] is the pairs of one who can’t reach the media server, until 20 s after they can', () => {
    const { update, relay, pass } = setUp();
    relay.setReach(2, false);
    const pairs = [
      [1, [2]],
      [2, [1, 3]],
      [3, [2]],
    ];
    expect(update('sfu')).toEqual(pairs);
    relay.setReach(2, true);
    pass(REACH_STEADY_MS - 1);
    expect(update('sfu')).toEqual([]);
    relay.setReach(2, false);
    pass(REACH_STEADY_MS);
    expect(update('sfu')).toEqual([]);
    relay.setReach(2, true);
    pass(10_000);
    // Said again, it counts from the first time.
    relay.setReach(2, true);
    pass(10_000);
    expect(update('sfu')).toEqual(pairs.map(([id]) => [id, []]));
  });

  it('[DR5] is nobody who named no certificate, from when they take it back', () => {
    const { update, relay } = setUp();
    relay.register(2, null);
    relay.setReach(1, false);
    expect(update('sfu')).toEqual([
      [1, [3]],
      [3, [1]],
    ]);
    relay.register(2, FINGERPRINT);
    expect(update('direct')).toEqual([
      [1, [2, 3]],
      [2, [1, 3]],
      [3, [1, 2]],
    ]);
    relay.register(1, null);
    expect(update('direct')).toEqual([
      [1, []],
      [2, [3]],
      [3, [2]],
    ]);
  });

  it('tells who comes back anew, and forgets who left', () => {
    const { small, update, relay } = setUp();
    update('direct');
    relay.welcome(2);
    expect(update('direct')).toEqual([[2, [1, 3]]]);
    relay.setReach(3, false);
    relay.forget(3);
    small.tick({ type: 'leave', id: 3 });
    expect(update('sfu')).toEqual([
      [1, []],
      [2, []],
    ]);
  });
});

describe('signals', () => {
  it('[DR3] pass between the two of a pair, and for a while after it ended', () => {
    const { update, relay, pass } = setUp();
    const signal = { to: 2, epoch: 1, connection: 1 };
    expect(codeOf(() => relay.check(1, signal, true))).toBe('not-in-plan');
    update('direct');
    expect(codeOf(() => relay.check(1, signal, true))).toBe('done');
    expect(codeOf(() => relay.check(1, signal, false))).toBe('not-in-plan');
    expect(codeOf(() => relay.check(1, { ...signal, to: 4 }, true))).toBe('not-in-plan');
    update('sfu');
    expect(codeOf(() => relay.check(1, signal, true))).toBe('done');
    pass(20_000);
    update('sfu');
    expect(codeOf(() => relay.check(1, signal, true))).toBe('not-in-plan');
  });

  it('[DR4] carry no description but of the certificate the sender registered, and name it', () => {
    const { update, relay } = setUp();
    update('direct');
    relay.register(1, null);
    expect(codeOf(() => relay.check(1, offer(2, FINGERPRINT), true))).toBe('not-yours');
    relay.register(1, FINGERPRINT);
    expect(relay.check(1, offer(2, FINGERPRINT), true)).toEqual({ fingerprint: FINGERPRINT });
    expect(codeOf(() => relay.check(1, offer(2, OTHER), true))).toBe('not-yours');
    expect(codeOf(() => relay.check(3, offer(2, OTHER), true))).toBe('not-yours');
    relay.register(1, OTHER);
    expect(relay.check(1, offer(2, OTHER), true)).toEqual({ fingerprint: OTHER });
  });
});
