import { describe, expect, it } from 'vitest';
import { meterOf, rmsOf } from './level.ts';
import { createSpeaking, LOUD, QUIET } from './speaking.ts';

/** Feeds one person a level every 20 ms; gives the time at which the sign changed, if it did. */
function feed(speaking: ReturnType<typeof createSpeaking>, level: number, fromMs: number, toMs: number) {
  let changedAt: number | undefined;
  for (let now = fromMs; now <= toMs; now += 20) if (speaking.observe(1, level, now)) changedAt ??= now;
  return changedAt;
}

describe('speaking', () => {
  it('shows after about 100 ms of voice and goes after about 400 ms of silence', () => {
    const speaking = createSpeaking();
    expect(feed(speaking, 0.6, 0, 300)).toBe(100);
    expect(speaking.ids()).toEqual([1]);
    expect(feed(speaking, 0, 320, 1000)).toBe(700);
    expect(speaking.ids()).toEqual([]);
  });

  it('does not hear a click', () => {
    const speaking = createSpeaking();
    feed(speaking, 0, 0, 200);
    feed(speaking, 1, 220, 280);
    expect(feed(speaking, 0, 300, 1000)).toBeUndefined();
    expect(speaking.ids()).toEqual([]);
  });

  it('bridges the pauses between words', () => {
    const speaking = createSpeaking();
    feed(speaking, 0.6, 0, 300);
    for (let now = 300; now < 3000; now += 400) {
      expect(feed(speaking, 0, now, now + 200)).toBeUndefined();
      expect(feed(speaking, 0.6, now + 200, now + 400)).toBeUndefined();
    }
    expect(speaking.ids()).toEqual([1]);
  });

  it('holds what it has between the two thresholds', () => {
    const middle = (LOUD + QUIET) / 2;
    const silent = createSpeaking();
    expect(feed(silent, middle, 0, 5000)).toBeUndefined();
    const loud = createSpeaking();
    feed(loud, 0.6, 0, 200);
    expect(feed(loud, middle, 220, 5000)).toBeUndefined();
    expect(loud.ids()).toEqual([1]);
  });

  it('forgets people, and says whether one of them was speaking', () => {
    const speaking = createSpeaking();
    feed(speaking, 0.6, 0, 300);
    speaking.observe(2, 0, 300);
    expect(speaking.forget(2)).toBe(false);
    expect(speaking.forget(1)).toBe(true);
    expect(speaking.forget(1)).toBe(false);
    expect(speaking.ids()).toEqual([]);
  });
});

describe('level', () => {
  it('is the root mean square', () => {
    const sine = Float32Array.from({ length: 4800 }, (_, i) => Math.sin((i / 48) * 2 * Math.PI));
    expect(rmsOf(sine)).toBeCloseTo(Math.SQRT1_2, 4);
    expect(rmsOf(new Float32Array(0))).toBe(0);
  });

  it('shows decibels from −60 to 0', () => {
    expect([1, 0.1, 0.01, 0.001, 0.0001, 0, 3, Number.NaN].map((rms) => +meterOf(rms).toFixed(3))).toEqual([
      1, 0.667, 0.333, 0, 0, 0, 1, 0,
    ]);
  });
});
