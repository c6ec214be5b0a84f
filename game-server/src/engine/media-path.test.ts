import { describe, expect, it } from 'vitest';
import { nextMediaPath, SFU_GRACE_MS, SFU_STEADY_MS, startMediaPath } from './media-path.ts';

describe('the way media takes', () => {
  it('is the SFU as soon as it is there', () => {
    const path = startMediaPath('auto', false, 10, 0);
    expect(path.mode).toBe('none');
    expect(nextMediaPath(path, 'auto', true, 100)).toMatchObject({ mode: 'sfu', epoch: 11 });
  });
  it('waits a moment for an SFU that died, and is new when it returns', () => {
    const up = startMediaPath('auto', true, 10, 0);
    const down = nextMediaPath(up, 'auto', false, 1000);
    expect(down).toMatchObject({ mode: 'sfu', epoch: 10 });
    expect(nextMediaPath(down, 'auto', false, 1000 + SFU_GRACE_MS - 1)).toBe(down);
    expect(nextMediaPath(down, 'auto', true, 1500)).toMatchObject({
      mode: 'sfu',
      epoch: 11,
      downSince: undefined,
    });
  });
  it('goes direct when the SFU stays away, and back when it returns', () => {
    const down = nextMediaPath(startMediaPath('auto', true, 10, 0), 'auto', false, 0);
    const direct = nextMediaPath(down, 'auto', false, SFU_GRACE_MS);
    expect(direct).toMatchObject({ mode: 'direct', epoch: 11 });
    expect(nextMediaPath(direct, 'auto', false, 60_000)).toBe(direct);
    const returned = nextMediaPath(direct, 'auto', true, 61_000);
    expect(returned).toMatchObject({ mode: 'direct', epoch: 11 });
    expect(nextMediaPath(returned, 'auto', true, 61_000 + SFU_STEADY_MS)).toMatchObject({
      mode: 'sfu',
      epoch: 12,
    });
  });
  it('does not follow an SFU that comes and goes', () => {
    let path = nextMediaPath(startMediaPath('auto', true, 10, 0), 'auto', false, 0);
    for (let now = SFU_GRACE_MS; now < 120_000; now += 500)
      path = nextMediaPath(path, 'auto', Math.floor(now / 5000) % 2 === 1, now);
    expect(path).toMatchObject({ mode: 'direct', epoch: 11 });
  });
  it('stays what the operator said', () => {
    const direct = startMediaPath('direct', true, 1, 0);
    expect(nextMediaPath(direct, 'direct', true, 99_999)).toBe(direct);
    const sfu = nextMediaPath(startMediaPath('sfu', true, 1, 0), 'sfu', false, 0);
    expect(nextMediaPath(sfu, 'sfu', false, 99_999).mode).toBe('sfu');
  });
});
