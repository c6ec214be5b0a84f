import type { Signal, SignalReceived } from '@chatmux/schema';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { DirectConnectionOptions } from './direct-connection.ts';
import { createDirectPeer } from './direct-peer.ts';
import { NO_TRACKS } from './path.ts';

/** A peer whose connections only note what they are told: what is tested is when one is built. */
function setUp({ me, id }: { me: number; id: number }) {
  const built: { taken: string[]; options: DirectConnectionOptions; closed: boolean }[] = [];
  const sent: Signal[] = [];
  const peer = createDirectPeer(
    {
      me,
      id,
      epoch: () => 1,
      configuration: () => ({}),
      signal: (signal) => sent.push(signal),
      wish: { ...NO_TRACKS, heardBy: false, seenBy: 0, screenSeenBy: 0 },
      onState: () => undefined,
      onIncoming: () => undefined,
    },
    (options) => {
      const one = { taken: [] as string[], options, closed: false };
      built.push(one);
      return {
        take: async ({ sdp }) => void one.taken.push(sdp.split('\r\n')[0] ?? ''),
        takeCandidate: async ({ candidate }) => void one.taken.push(candidate),
        send: () => undefined,
        offerAgain: () => undefined,
        restartIce: () => {
          throw new Error('this connection is beyond help');
        },
        setIceServers: () => undefined,
        close: () => {
          one.closed = true;
        },
      };
    },
  );
  return { peer, built, sent };
}

const FINGERPRINT = Array.from({ length: 32 }, () => '0F').join(':');
const sdpOf = (first: string, fingerprint: string) => `${first}\r\na=fingerprint:sha-256 ${fingerprint}\r\n`;
const offer = (connection: number): SignalReceived => ({
  from: 9,
  epoch: 1,
  connection,
  description: { type: 'offer', sdp: sdpOf(`offer ${connection}`, FINGERPRINT) },
  fingerprint: FINGERPRINT,
});
const candidate = (connection: number): SignalReceived => ({
  from: 9,
  epoch: 1,
  connection,
  candidate: { candidate: `way ${connection}` },
});
const passing = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, 'info').mockReturnValue();
  vi.spyOn(console, 'warn').mockReturnValue();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

it('builds anew at once when the other side begins anew after a while', async () => {
  const { peer, built } = setUp({ me: 1, id: 9 });
  peer.handleSignal(offer(100));
  await passing(1500);
  peer.handleSignal(offer(101));
  await passing(0);
  expect(built.map(({ taken }) => taken)).toEqual([['offer 100'], ['offer 101']]);
  expect(built[0]?.closed).toBe(true);
  peer.close();
});

it('builds once a second at most, however often the other side begins anew', async () => {
  const { peer, built } = setUp({ me: 1, id: 9 });
  for (let i = 0; i < 500; i++) {
    peer.handleSignal(offer(1000 + i));
    await passing(10);
  }
  expect(built.length).toBeGreaterThan(3);
  expect(built.length).toBeLessThanOrEqual(6);
  peer.close();
  expect(vi.getTimerCount()).toBe(0);
});

it('keeps what came too soon, and takes it in its order', async () => {
  const { peer, built } = setUp({ me: 1, id: 9 });
  peer.handleSignal(offer(100));
  await passing(100);
  peer.handleSignal(offer(101));
  peer.handleSignal(candidate(101));
  await passing(100);
  expect(built).toHaveLength(1);
  await passing(1000);
  expect(built.map(({ taken }) => taken)).toEqual([['offer 100'], ['offer 101', 'way 101']]);
  peer.close();
});

it('builds no faster when it is its own connection that fails', async () => {
  const { peer, built } = setUp({ me: 9, id: 1 });
  for (let i = 0; i < 50; i++) {
    built.at(-1)?.options.onState('failed');
    await passing(100);
  }
  expect(built.length).toBeGreaterThan(3);
  expect(built.length).toBeLessThanOrEqual(6);
  peer.close();
});

it('[DR4] takes no description of another certificate than the room knows of them', async () => {
  const { peer, built } = setUp({ me: 1, id: 9 });
  const swapped = { type: 'offer' as const, sdp: sdpOf('swapped', FINGERPRINT.replace('0F', '1F')) };
  peer.handleSignal({ ...offer(100), description: swapped });
  const { fingerprint: _, ...unnamed } = offer(100);
  peer.handleSignal(unnamed);
  await passing(0);
  expect(built[0]?.taken).toEqual([]);
  peer.handleSignal(offer(100));
  await passing(0);
  expect(built[0]?.taken).toEqual(['offer 100']);
  peer.close();
});
