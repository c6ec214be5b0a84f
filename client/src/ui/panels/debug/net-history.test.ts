import { describe, expect, it } from 'vitest';
import { HISTORY_MS, NetHistory, roundTop, spreadOf } from './net-history.ts';

const net = (more: Partial<Parameters<NetHistory['add']>[0]>) => ({
  roundTripMs: undefined,
  delayMs: 0,
  jitterMs: 0,
  frames: 0,
  bytes: 0,
  corrections: 0,
  ...more,
});

describe('NetHistory', () => {
  it('makes rates from counters', () => {
    const history = new NetHistory();
    for (let i = 0; i <= 50; i++) history.add(net({ bytes: i * 60, frames: i * 2 }), i * 100);
    expect(history.samples.at(-1)?.bytesPerSecond).toBeCloseTo(600);
    expect(history.samples.at(-1)?.framesPerSecond).toBeCloseTo(20);
    expect(history.samples[0]?.bytesPerSecond).toBe(0);
  });

  it('forgets what is older than half a minute', () => {
    const history = new NetHistory();
    for (let ms = 0; ms <= 2 * HISTORY_MS; ms += 100) history.add(net({}), ms);
    expect(history.samples[0]?.atMs).toBe(HISTORY_MS);
    expect(history.samples).toHaveLength(HISTORY_MS / 100 + 1);
  });

  it('marks corrections where they came, not those from before it looked', () => {
    const history = new NetHistory();
    for (const [i, corrections] of [7, 7, 9, 9].entries()) history.add(net({ corrections }), i * 100);
    expect(history.samples.map(({ corrected }) => corrected)).toEqual([0, 0, 2, 0]);
  });

  it('starts anew when the counters do', () => {
    const history = new NetHistory();
    history.add(net({ bytes: 5000, frames: 90, corrections: 4 }), 0);
    history.add(net({ bytes: 10, frames: 1, corrections: 0 }), 100);
    history.add(net({ bytes: 20, frames: 2, corrections: 0 }), 200);
    expect(history.samples.map(({ bytesPerSecond }) => Math.round(bytesPerSecond))).toEqual([0, 0, 100]);
  });
});

it('spreadOf leaves out what was not known', () => {
  const history = new NetHistory();
  for (const [i, roundTripMs] of [undefined, 40, 90, 60].entries()) history.add(net({ roundTripMs }), i);
  expect(spreadOf(history.samples, (sample) => sample.roundTripMs)).toEqual({ now: 60, least: 40, most: 90 });
  expect(spreadOf([], (sample) => sample.delayMs)).toEqual({
    now: undefined,
    least: undefined,
    most: undefined,
  });
});

it.each([
  [0, 50, 50],
  [51, 50, 100],
  [140, 50, 200],
  [1000, 50, 1000],
  [1001, 50, 2000],
])('roundTop of %d, at least %d, is %d', (value, least, top) => {
  expect(roundTop(value, least)).toBe(top);
});
