import type { Signal, SignalReceived, View } from '@chatmux/schema';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { NO_TRACKS } from '../path.ts';
import { FULL_VIEW } from '../views.ts';
import type { DirectConnectionOptions } from './direct-connection.ts';
import { createDirectPeer } from './direct-peer.ts';

/** A peer whose connections only note what they are told: what is tested is when one is built. */
function setUp({ me, id }: { me: number; id: number }) {
  const built: { taken: string[]; views: View[]; options: DirectConnectionOptions; closed: boolean }[] = [];
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
      const one = { taken: [] as string[], views: [] as View[], options, closed: false };
      built.push(one);
      return {
        take: async ({ sdp }) => void one.taken.push(sdp.split('\r\n')[0] ?? ''),
        takeCandidate: async ({ candidate }) => void one.taken.push(candidate),
        send: ({ view }) => void one.views.push(view),
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
  description: { type: 'offer', sdp: sdpOf(`offer ${connection}`, FINGERPRINT), offer: 1 },
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
  const swapped = {
    type: 'offer' as const,
    sdp: sdpOf('swapped', FINGERPRINT.replace('0F', '1F')),
    offer: 1,
  };
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

const small = { cam: 1, screen: 3 } as const;

it('[VW3] heeds how large the other side draws us, and forgets it when they begin anew', async () => {
  const { peer, built } = setUp({ me: 1, id: 9 });
  const view = (connection: number): SignalReceived => ({ from: 9, epoch: 1, connection, view: small });
  peer.handleSignal(offer(100));
  peer.handleSignal(view(99));
  expect(built[0]?.views).toEqual([]);
  peer.handleSignal(view(100));
  expect(built[0]?.views).toEqual([small]);
  await passing(1500);
  peer.handleSignal(offer(101));
  await passing(0);
  expect(built).toHaveLength(2);
  expect(built[1]?.views.at(-1) ?? built[1]?.options.wish.view).toEqual(FULL_VIEW);
  peer.close();
});

it('[VW3] says how large it draws the other side once connected, and again when that changes', async () => {
  const { peer, built, sent } = setUp({ me: 9, id: 1 });
  const said = () => sent.flatMap(({ view }) => (view ? [view] : []));
  peer.setView(small);
  expect(said()).toEqual([]);
  built[0]?.options.onState('connected');
  peer.setView(small);
  peer.setView(FULL_VIEW);
  expect(said()).toEqual([small, FULL_VIEW]);
  peer.close();
});
