import type { PictureCodec } from '@chatmux/schema';
import { describe, expect, it } from 'vitest';
import { SharedCodecs } from './shared-codec.ts';

const sessionsOf = (prefers: Record<string, PictureCodec>) =>
  new Map(Object.entries(prefers).map(([id, codec]) => [id, { prefers: codec }]));
const wantsOf = (wants: Record<string, string[]>) =>
  new Map(Object.entries(wants).map(([id, list]) => [id, list.map((from) => ({ from }))]));

describe('SharedCodecs', () => {
  const all = sessionsOf({ a: 'vp9', b: 'vp9', c: 'vp8' });
  const pair = wantsOf({ a: ['b'], b: ['a'] });
  const crowd = wantsOf({ a: ['b'], b: ['a'], c: ['a'] });
  const begins = [
    { session: 'a', codec: 'vp8' },
    { session: 'b', codec: 'vp8' },
  ];

  it('[SC1] [SC2] goes to VP9 when all who watch have preferred it for five seconds', () => {
    const codecs = new SharedCodecs();
    expect(codecs.update(all, pair, 0)).toEqual(begins);
    expect(codecs.update(all, pair, 4999)).toEqual([]);
    expect(codecs.update(all, pair, 5000)).toEqual([
      { session: 'a', codec: 'vp9' },
      { session: 'b', codec: 'vp9' },
    ]);
    expect(codecs.update(all, pair, 6000)).toEqual([]);
  });

  it('[SC2] goes back at once for one who would not, and for those alone whom that one watches', () => {
    const codecs = new SharedCodecs();
    codecs.update(all, pair, 0);
    codecs.update(all, pair, 5000);
    expect(codecs.update(all, crowd, 5001)).toEqual([{ session: 'a', codec: 'vp8' }]);
    expect(codecs.update(all, pair, 6000)).toEqual([]);
    expect(codecs.update(all, pair, 15_999)).toEqual([]);
    expect(codecs.update(all, pair, 16_000)).toEqual([{ session: 'a', codec: 'vp9' }]);
  });

  it('[SC4] waits longer after each way back: who comes and goes makes nobody’s picture blink for long', () => {
    const codecs = new SharedCodecs();
    let changes = 0;
    for (let nowMs = 0; nowMs < 3_600_000; nowMs += 500) {
      const comesAndGoes = nowMs % 8000 < 500 ? crowd : pair;
      changes += codecs.update(all, comesAndGoes, nowMs).filter(({ session }) => session === 'a').length;
    }
    // What it begins with, to VP9 and back.
    expect(changes).toBe(3);
  });

  it('[SC4] begins anew after VP9 that lasted', () => {
    const codecs = new SharedCodecs();
    const told = (wants: typeof pair, nowMs: number) =>
      codecs.update(all, wants, nowMs).find(({ session }) => session === 'a')?.codec;
    let nowMs = 0;
    for (const settleMs of [5000, 10_000, 20_000]) {
      told(pair, nowMs);
      nowMs += settleMs;
      expect(told(pair, nowMs)).toBe('vp9');
      nowMs += 1000;
      expect(told(crowd, nowMs)).toBe('vp8');
      nowMs += 1000;
    }
    told(pair, nowMs);
    nowMs += 40_000;
    expect(told(pair, nowMs)).toBe('vp9');
    nowMs += 320_000;
    expect(told(crowd, nowMs)).toBe('vp8');
    told(pair, nowMs);
    expect(told(pair, nowMs + 9999)).toBeUndefined();
    expect(told(pair, nowMs + 10_000)).toBe('vp9');
  });

  it('[SC3] waits for a watcher who has not joined yet, and does not go back for one', () => {
    const codecs = new SharedCodecs();
    const wants = wantsOf({ a: ['b'], b: ['a'], stranger: ['a'] });
    codecs.update(all, wants, 0);
    expect(codecs.update(all, wants, 60_000)).toEqual([{ session: 'b', codec: 'vp9' }]);
    codecs.update(all, pair, 60_001);
    expect(codecs.update(all, pair, 65_001)).toEqual([{ session: 'a', codec: 'vp9' }]);
    expect(codecs.update(all, wants, 65_002)).toEqual([]);
    expect(codecs.update(all, wants, 90_000)).toEqual([]);
    expect(codecs.update(all, pair, 90_001)).toEqual([]);
  });

  it('[SC1] goes back when the sender itself changes its mind', () => {
    const codecs = new SharedCodecs();
    codecs.update(all, pair, 0);
    codecs.update(all, pair, 5000);
    const changed = sessionsOf({ a: 'vp8', b: 'vp9', c: 'vp8' });
    expect(codecs.update(changed, pair, 5001)).toEqual(begins);
  });

  it('[SC3] leaves a camera nobody watches as it is', () => {
    const codecs = new SharedCodecs();
    codecs.update(all, pair, 0);
    codecs.update(all, pair, 5000);
    expect(codecs.update(all, new Map(), 5001)).toEqual([]);
    expect(codecs.update(all, pair, 5002)).toEqual([]);
    const fresh = new SharedCodecs();
    expect(fresh.update(all, new Map(), 0)).toEqual(begins);
    expect(fresh.update(all, new Map(), 60_000)).toEqual([]);
  });

  it('begins anew with a session that joins anew or left', () => {
    const codecs = new SharedCodecs();
    codecs.update(all, pair, 0);
    codecs.update(all, pair, 5000);
    codecs.forget('a');
    expect(codecs.update(all, pair, 5001)).toEqual([{ session: 'a', codec: 'vp8' }]);
    expect(codecs.update(all, pair, 10_001)).toEqual([{ session: 'a', codec: 'vp9' }]);
    expect(codecs.update(sessionsOf({ b: 'vp9' }), wantsOf({}), 10_002)).toEqual([]);
    expect(codecs.update(all, pair, 10_003)).toEqual([{ session: 'a', codec: 'vp8' }]);
  });
});
