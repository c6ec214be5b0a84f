import { describe, expect, it, vi } from 'vitest';
import type { BotsReport } from '../../bots/bots-process.ts';
import { countedRounds, VoidRound } from './rounds.ts';
import { median, percentile } from './stats.ts';
import { whyVoid } from './why-void.ts';

describe('countedRounds', () => {
  it('leaves out void rounds and makes up for them', async () => {
    const said = vi.spyOn(console, 'error').mockReturnValue();
    const results = await countedRounds((round) => {
      if (round === 1) throw new VoidRound('The bots were late.');
      return round;
    }, 4);
    expect(results).toEqual([0, 2, 3, 4]);
    expect(said).toHaveBeenCalledWith('round 2 does not count: The bots were late.');
  });

  it('gives no result where too many are void, and says why', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    const run = countedRounds(() => {
      throw new VoidRound('The bots used 97 % of a core.');
    });
    await expect(run).rejects.toThrow(/measured nothing: 4 rounds were void\. The bots used 97 %/);
  });

  it('lets faults through', async () => {
    const run = countedRounds(() => {
      throw new TypeError('a fault');
    });
    await expect(run).rejects.toThrow(TypeError);
  });
});

describe('whyVoid', () => {
  const bots: BotsReport = {
    people: 100,
    lost: 0,
    lostWhy: '',
    inputs: 900,
    traffic: {},
    lateMs: 3,
    wallMs: 2000,
    share: 0.4,
  };
  const sent = { ticks: 40, told: 4000 };

  it('finds nothing wrong with a window whose load was made and taken', () => {
    expect(whyVoid(bots, sent, 4000)).toBeUndefined();
    // Two ticks' messages may be under way at the ends.
    expect(whyVoid(bots, sent, 3800)).toBeUndefined();
    expect(whyVoid(bots, { ticks: 40, told: 0 }, 0)).toBeUndefined();
  });

  it.each([
    ['used 90 % of a core', { ...bots, share: 0.9 }, 4000],
    ['were 80 ms late', { ...bots, lateMs: 80 }, 4000],
    ['took 3000 of 4000 messages', bots, 3000],
  ])('says that the bots %s', (words, report, got) => {
    expect(whyVoid(report, sent, got)).toContain(words);
  });
});

describe('median and percentile', () => {
  it('take the middle, and the nearest rank', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);
    expect(percentile(hundred, 0.99)).toBe(99);
    expect(percentile(hundred, 1)).toBe(100);
    expect(percentile([5], 0.5)).toBe(5);
  });
});
