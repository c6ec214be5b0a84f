import { describe, expect, it } from 'vitest';
import {
  type MediaPath,
  nextMediaPath,
  SFU_MOST_STEADY_MS,
  SFU_START_MS,
  SFU_STEADY_MS,
  startMediaPath,
} from './media-path.ts';

/** Lets half seconds pass from a time on, and says when and to what the path changed. */
function live(from: MediaPath, startMs: number, endMs: number, isUp: (nowMs: number) => boolean) {
  const changes: { at: number; mode: string }[] = [];
  let path = from;
  for (let now = startMs; now < endMs; now += 500) {
    const next = nextMediaPath(path, 'auto', isUp(now), now);
    if (next.epoch !== path.epoch) changes.push({ at: now, mode: next.mode });
    path = next;
  }
  return { path, changes };
}

describe('the way media takes', () => {
  it('is the SFU as soon as it is there', () => {
    const path = startMediaPath('auto', false, 10, 0);
    expect(path.mode).toBe('none');
    expect(nextMediaPath(path, 'auto', true, 100)).toMatchObject({ mode: 'sfu', epoch: 11 });
  });
  it('[MO1] leaves an SFU that went away at once, and waits a moment for the first one', () => {
    const up = startMediaPath('auto', true, 10, 0);
    expect(nextMediaPath(up, 'auto', false, 1000)).toMatchObject({ mode: 'direct', epoch: 11 });
    const opening = startMediaPath('auto', false, 10, 0);
    expect(nextMediaPath(opening, 'auto', false, SFU_START_MS - 1)).toBe(opening);
    expect(nextMediaPath(opening, 'auto', false, SFU_START_MS)).toMatchObject({ mode: 'direct', epoch: 11 });
  });
  it('[MO2] goes back when it was there for 20 s without a break', () => {
    const direct = nextMediaPath(startMediaPath('auto', true, 10, 0), 'auto', false, 0);
    expect(nextMediaPath(direct, 'auto', false, 60_000)).toBe(direct);
    const blinking = (now: number) => now >= 61_000 && now !== 70_000;
    expect(live(direct, 60_000, 120_000, blinking).changes).toEqual([
      { at: 70_500 + SFU_STEADY_MS, mode: 'sfu' },
    ]);
  });
  it('[MO2] changes once for an SFU that comes and goes', () => {
    const up = startMediaPath('auto', true, 10, 0);
    const { changes } = live(up, 0, 300_000, (now) => Math.floor(now / 19_000) % 2 === 0);
    expect(changes).toEqual([{ at: 19_000, mode: 'direct' }]);
  });
  it('[MO3] trusts one less each time that it is lost soon after people went back', () => {
    let upAt = 0;
    let path = nextMediaPath(startMediaPath('auto', true, 10, 0), 'auto', false, 0);
    const waits: number[] = [];
    for (let round = 0; round < 6; round++) {
      const { changes, path: back } = live(path, upAt, upAt + 200_000, () => true);
      const at = changes[0]?.at ?? 0;
      waits.push(at - upAt);
      upAt += 300_000;
      path = nextMediaPath({ ...back, backSince: upAt - 1000 }, 'auto', false, upAt);
    }
    expect(waits).toEqual([
      20_000,
      40_000,
      80_000,
      SFU_MOST_STEADY_MS,
      SFU_MOST_STEADY_MS,
      SFU_MOST_STEADY_MS,
    ]);
    const long = nextMediaPath(live(path, upAt, upAt + 200_000, () => true).path, 'auto', false, upAt + 9e5);
    expect(long.steadyMs).toBe(SFU_STEADY_MS);
  });
  it('[MO4] stays what the operator said, and is new when another process serves', () => {
    const direct = startMediaPath('direct', true, 1, 0);
    expect(nextMediaPath(direct, 'direct', true, 99_999)).toBe(direct);
    const sfu = nextMediaPath(startMediaPath('sfu', true, 1, 0), 'sfu', false, 0);
    const later = nextMediaPath(sfu, 'sfu', false, 99_999);
    expect(later).toBe(sfu);
    expect(nextMediaPath(later, 'sfu', true, 100_000)).toMatchObject({ mode: 'sfu', epoch: 2 });
  });
});
