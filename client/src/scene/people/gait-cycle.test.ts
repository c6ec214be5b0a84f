import { RUN_SPEED, WALK_SPEED } from '@chatmux/schema';
import { describe, expect, it } from 'vitest';
import { advancePhase, bodyBob, cyclesPerSecond, footReach, placeFoot, standShare } from './gait-cycle.ts';

const foot = { forward: 0, lift: 0 };

describe('gait cycle', () => {
  it.each([0.2, 1, WALK_SPEED, 4.2, RUN_SPEED])('keeps a standing foot on its spot at %s m/s', (speed) => {
    const seconds = 1 / 240;
    let phase = 0.001;
    let last = placeFoot(phase, speed, foot).forward;
    let checked = 0;
    while (phase + cyclesPerSecond(speed) * seconds < standShare(speed)) {
      phase = advancePhase(phase, speed, seconds);
      const { forward, lift } = placeFoot(phase, speed, foot);
      expect((last - forward) / seconds).toBeCloseTo(speed, 6);
      expect(lift).toBe(0);
      last = forward;
      checked++;
    }
    expect(checked).toBeGreaterThan(5);
  });

  it('joins standing and swinging without a jump', () => {
    for (const speed of [1, WALK_SPEED, RUN_SPEED])
      for (const at of [standShare(speed), 0]) {
        const before = { ...placeFoot((at - 1e-7 + 1) % 1, speed, foot) };
        const after = placeFoot(at + 1e-7, speed, foot);
        expect(after.forward).toBeCloseTo(before.forward, 4);
        expect(after.lift).toBeCloseTo(before.lift, 4);
      }
  });

  it('stands with both feet under the hip when the body stands', () => {
    for (const phase of [0, 0.3, 0.8]) {
      const { forward, lift } = placeFoot(phase, 0, foot);
      expect(Math.abs(forward)).toBe(0);
      expect(Math.abs(lift)).toBe(0);
      expect(bodyBob(phase, 0)).toBe(0);
    }
    expect(Number.isFinite(cyclesPerSecond(0))).toBe(true);
  });

  it('takes longer steps when faster, and quick ones only so far', () => {
    expect(footReach(RUN_SPEED)).toBeGreaterThan(footReach(WALK_SPEED));
    expect(cyclesPerSecond(WALK_SPEED)).toBeLessThan(4.5);
    expect(cyclesPerSecond(RUN_SPEED)).toBeLessThan(4.5);
  });
});
