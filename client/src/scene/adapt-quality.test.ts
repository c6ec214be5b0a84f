import { describe, expect, it } from 'vitest';
import { type AdaptState, adaptQuality, startAdapting } from './adapt-quality.ts';

const TARGET = 1000 / 60;

/** Runs frames of one length for some seconds. */
function run(
  state: AdaptState,
  from: number,
  seconds: number,
  frameMs: number,
): { state: AdaptState; now: number } {
  let now = from;
  let current = state;
  while (now < from + seconds * 1000) {
    now += frameMs;
    current = adaptQuality(current, { nowMs: now, frameMs, targetMs: TARGET });
  }
  return { state: current, now };
}

describe('adapt quality', () => {
  it('falls step by step within seconds when frames are slow, and stays at the lowest', () => {
    const first = run(startAdapting('high', 0), 0, 4, 40);
    expect(first.state.level).toBe('medium');
    const second = run(first.state, first.now, 4, 40);
    expect(second.state.level).toBe('low');
    expect(run(second.state, second.now, 10, 40).state.level).toBe('low');
  });

  it('rises after a long easy time, up to the highest', () => {
    const soon = run(startAdapting('low', 0), 0, 8, TARGET);
    expect(soon.state.level).toBe('low');
    const later = run(soon.state, soon.now, 4, TARGET);
    expect(later.state.level).toBe('medium');
    expect(run(later.state, later.now, 60, TARGET).state.level).toBe('high');
  });

  it('leaves the level alone between the two limits', () => {
    expect(run(startAdapting('medium', 0), 0, 60, TARGET * 1.3).state.level).toBe('medium');
  });

  it('does not swing: each regretted rise makes the next one wait longer', () => {
    let { state, now } = { state: startAdapting('medium', 0), now: 0 };
    let rises = 0;
    for (let second = 0; second < 240; second++) {
      const before = state.level;
      const step = run(state, now, 1, state.level === 'high' ? 40 : TARGET);
      [state, now] = [step.state, step.now];
      if (before === 'medium' && state.level === 'high') rises++;
    }
    expect(rises).toBeGreaterThan(1);
    expect(rises).toBeLessThanOrEqual(5);
  });

  it('does not judge by one long gap, such as a hidden tab', () => {
    let state = startAdapting('high', 0);
    for (let now = 0; now < 60_000; now += 2000)
      state = adaptQuality(state, { nowMs: now, frameMs: 2000, targetMs: TARGET });
    expect(state.level).toBe('high');
  });

  it('judges by the cap in use, not by 60 frames a second', () => {
    let state = startAdapting('medium', 0);
    for (let now = 0; now < 8000; now += 100)
      state = adaptQuality(state, { nowMs: now, frameMs: 100, targetMs: 100 });
    expect(state.level).toBe('medium');
  });
});
