import { describe, expect, it } from 'vitest';
import { between, quantile, readHistogram } from './scrape.ts';

const text = (plaza: number[], hall: number[]) =>
  [
    '# TYPE tick_seconds histogram',
    ...['0.01', '0.025', '0.05', '+Inf'].flatMap((end, i) => [
      `tick_seconds_bucket{le="${end}",world="plaza"} ${plaza[i]}`,
      `tick_seconds_bucket{world="hall",le="${end}"} ${hall[i]}`,
    ]),
    'tick_seconds_sum{world="plaza"} 1.5',
    'other_tick_seconds_bucket{le="+Inf"} 7',
  ].join('\n');

describe('readHistogram', () => {
  it('adds up labels', () => {
    const { buckets, count } = readHistogram(text([10, 20, 30, 30], [1, 2, 3, 4]), 'tick_seconds');
    expect(count).toBe(34);
    expect(buckets.map((bucket) => bucket.count)).toEqual([11, 22, 33, 34]);
  });

  it('says when there is none', () => {
    expect(() => readHistogram('', 'tick_seconds')).toThrow('tick_seconds');
  });
});

describe('quantile', () => {
  const before = readHistogram(text([100, 100, 100, 100], [0, 0, 0, 0]), 'tick_seconds');
  const after = readHistogram(text([190, 199, 200, 200], [0, 0, 0, 0]), 'tick_seconds');

  it('looks only at what came in between', () => {
    const ticks = between(before, after);
    expect(ticks.count).toBe(100);
    expect(quantile(ticks, 0.99)).toBeCloseTo(0.025, 9);
    expect(quantile(ticks, 0.45)).toBeCloseTo(0.005, 9);
    expect(quantile(ticks, 1)).toBeCloseTo(0.05, 9);
  });

  it('is no number of nothing, and infinite beyond the buckets', () => {
    expect(quantile(between(after, after), 0.5)).toBeNaN();
    const slow = between(before, readHistogram(text([100, 100, 100, 120], [0, 0, 0, 0]), 'tick_seconds'));
    expect(quantile(slow, 0.5)).toBe(Number.POSITIVE_INFINITY);
  });
});
