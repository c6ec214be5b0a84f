import { describe, expect, it } from 'vitest';
import { StepClock } from './step-clock.ts';

describe('StepClock', () => {
  it('counts whole steps while it runs, and none while it rests', () => {
    const clock = new StepClock();
    expect(clock.step(5000)).toBe(0);
    clock.start(5000);
    expect(clock.step(5000 + 999)).toBe(59);
    expect(clock.step(5000 + 1000)).toBe(60);
    clock.stop(6000);
    expect(clock.step(90_000)).toBe(60);
    clock.start(90_000);
    clock.start(95_000); // it runs already
    expect(clock.step(91_000)).toBe(120);
    expect(clock.isRunning).toBe(true);
  });
});
