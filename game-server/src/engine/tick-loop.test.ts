import { expect, it } from 'vitest';
import { type LoopClock, startTickLoop } from './tick-loop.ts';

/** Virtual time in which every timer is late by some milliseconds, as real ones are. */
function lateClock(lateMs: () => number) {
  let now = 0;
  let waiting: { at: number; run: () => void } | undefined;
  const clock: LoopClock = {
    now: () => now,
    after: (ms, run) => {
      const entry = { at: now + ms + lateMs(), run };
      waiting = entry;
      return () => {
        if (waiting === entry) waiting = undefined;
      };
    },
  };
  const passUntil = (end: number) => {
    while (waiting && waiting.at <= end) {
      const { at, run } = waiting;
      waiting = undefined;
      now = at;
      run();
    }
    now = end;
  };
  return { clock, passUntil, isWaiting: () => waiting !== undefined };
}

it('keeps the pace in the long run though every timer is late', () => {
  let late = 0;
  const time = lateClock(() => (late = (late + 3.7) % 11));
  const ticks: number[] = [];
  startTickLoop(20, () => ticks.push(time.clock.now()), time.clock);
  time.passUntil(60_000);
  expect(ticks.length).toBeGreaterThanOrEqual(1199);
  expect(ticks.length).toBeLessThanOrEqual(1200);
  for (const [i, at] of ticks.entries()) expect(at - (i + 1) * 50).toBeLessThan(12);
});

it('catches up after a short stall, and lets go of a long one', () => {
  let stall = 0;
  const time = lateClock(() => stall);
  let ticks = 0;
  startTickLoop(20, () => (ticks += 1), time.clock);
  stall = 300;
  time.passUntil(50);
  expect(ticks).toBe(1);
  // The timer that waits now is late by 300 ms, the next by a minute.
  stall = 60_000;
  time.passUntil(400);
  expect(ticks).toBe(8);
  stall = 0;
  time.passUntil(60_450);
  expect(ticks).toBe(18);
});

it('tells the next tick how many were lost, so that no time is', () => {
  let stall = 0;
  const time = lateClock(() => stall);
  let ticks = 0;
  let lost = 0;
  startTickLoop(
    20,
    (before) => {
      ticks += 1;
      lost += before;
    },
    time.clock,
  );
  stall = 3000;
  time.passUntil(50);
  stall = 0;
  time.passUntil(60_000);
  expect(lost).toBeGreaterThan(40);
  expect(Math.abs(ticks + lost - 1200)).toBeLessThanOrEqual(1);
});

it('stops, also in the middle of its own tick', () => {
  const time = lateClock(() => 0);
  let ticks = 0;
  const stop = startTickLoop(
    20,
    () => {
      ticks += 1;
      if (ticks === 3) stop();
    },
    time.clock,
  );
  time.passUntil(10_000);
  expect(ticks).toBe(3);
  expect(time.isWaiting()).toBe(false);
});
