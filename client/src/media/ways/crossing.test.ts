import { describe, expect, it } from 'vitest';
import type { Incoming } from '../path.ts';
import { createCrossing } from './crossing.ts';

const SFU = 1;
const DIRECT = 2;
const BEN = 7;

/** A crossing whose media arrives when the test says so, and what it gave out. */
function setUp() {
  let preferred = SFU;
  const given: (string | undefined)[] = [];
  const watched = new Map<string, () => void>();
  const crossing = createCrossing({
    prefer: () => preferred,
    onIncoming: (_id, _kind, incoming) => given.push(incoming && `${incoming.label} ${incoming.flowing}`),
    watch: ({ label }, onFlow) => {
      watched.set(label, onFlow);
      return () => watched.delete(label);
    },
  });
  const tracks = new Map<string, MediaStreamTrack>();
  const incoming = (label: string, flowing = true): Incoming => {
    const track = tracks.get(label) ?? ({ kind: 'audio' } as MediaStreamTrack);
    tracks.set(label, track);
    return { track, flowing, receiver: undefined, label };
  };
  return {
    crossing,
    given,
    watched,
    incoming,
    offer: (way: number, one: Incoming | undefined) => crossing.offer(way, BEN, 'mic', one),
    prefer(way: number) {
      preferred = way;
      crossing.settle();
    },
    flow(label: string) {
      const onFlow = watched.get(label);
      watched.delete(label);
      onFlow?.();
    },
  };
}

describe('where ways meet', () => {
  it('a voice changes hands when the new way flows, and the old one is not heard again', () => {
    const { crossing, given, watched, incoming, offer, prefer, flow } = setUp();
    offer(SFU, incoming('sfu'));
    prefer(DIRECT);
    offer(DIRECT, incoming('direct', false));
    expect([...watched.keys()]).toEqual([]);
    offer(DIRECT, incoming('direct'));
    expect(crossing.isUsed(SFU)).toBe(true);
    expect([...watched.keys()]).toEqual(['direct']);
    flow('direct');
    expect(crossing.isUsed(SFU)).toBe(false);
    expect(crossing.isUsed(DIRECT, BEN)).toBe(true);
    offer(SFU, incoming('sfu'));
    offer(SFU, undefined);
    expect(given).toEqual(['sfu true', 'direct true']);
  });

  it('a voice changes hands at once when the old way ends before the new one was seen to flow', () => {
    const { given, watched, incoming, offer, prefer } = setUp();
    offer(SFU, incoming('sfu'));
    prefer(DIRECT);
    offer(DIRECT, incoming('direct'));
    offer(SFU, undefined);
    expect(given).toEqual(['sfu true', 'direct true']);
    expect([...watched.keys()]).toEqual([]);
  });

  it('what is replaced on its way, or turned off, is given out as it is', () => {
    const { crossing, given, incoming, offer } = setUp();
    offer(SFU, incoming('first'));
    offer(SFU, incoming('second'));
    offer(SFU, incoming('second', false));
    offer(SFU, undefined);
    expect(given).toEqual(['first true', 'second true', 'second false', undefined]);
    expect(crossing.wayOf(BEN, 'mic')).toBeUndefined();
  });

  it('a change of mind in the middle goes back without a gap', () => {
    const { given, incoming, offer, prefer, flow } = setUp();
    offer(SFU, incoming('sfu'));
    prefer(DIRECT);
    offer(DIRECT, incoming('direct'));
    prefer(SFU);
    flow('direct');
    offer(DIRECT, undefined);
    expect(given).toEqual(['sfu true']);
  });
});
