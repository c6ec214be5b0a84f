import { describe, expect, it } from 'vitest';
import { moveMotion, startMotion, wrapAngle } from './motion.ts';

const body = { x: 0, z: 0, yaw: 0, speed: 0 };

describe('motion', () => {
  it('turns the short way round', () => {
    const motion = startMotion(3, 3);
    moveMotion(motion, { ...body, yaw: -3 }, false, undefined, false, 0.05);
    expect(motion.yaw).toBeGreaterThan(3);
    for (let i = 0; i < 60; i++) moveMotion(motion, { ...body, yaw: -3 }, false, undefined, false, 0.05);
    expect(wrapAngle(motion.yaw + 3)).toBeCloseTo(0, 3);
  });

  it('blinks now and then, and not under reduced motion', () => {
    const lively = startMotion(5, 0);
    const calm = startMotion(5, 0);
    let blinks = 0;
    let shut = false;
    for (let i = 0; i < 60 * 30; i++) {
      moveMotion(lively, body, false, undefined, false, 1 / 60);
      moveMotion(calm, body, false, undefined, true, 1 / 60);
      if (lively.eyesOpen < 0.4 && !shut) blinks++;
      shut = lively.eyesOpen < 0.4;
      expect(calm.eyesOpen).toBe(1);
    }
    expect(blinks).toBeGreaterThan(4);
    expect(blinks).toBeLessThan(20);
  });

  it('moves the mouth with the voice and closes it after', () => {
    const motion = startMotion(2, 0);
    let widest = 0;
    for (let i = 0; i < 120; i++) {
      moveMotion(motion, body, true, undefined, false, 1 / 60);
      widest = Math.max(widest, motion.mouthOpen);
    }
    expect(widest).toBeGreaterThan(0.5);
    for (let i = 0; i < 120; i++) moveMotion(motion, body, false, undefined, false, 1 / 60);
    expect(motion.mouthOpen).toBeLessThan(0.01);
    expect(motion.voice).toBeLessThan(0.01);
  });

  it('looks at who speaks as far as a neck goes', () => {
    const motion = startMotion(2, 0);
    for (let i = 0; i < 120; i++) moveMotion(motion, body, false, 0.6, false, 1 / 60);
    expect(motion.headYaw).toBeCloseTo(0.6, 3);
    for (let i = 0; i < 120; i++) moveMotion(motion, body, false, 3, false, 1 / 60);
    expect(motion.headYaw).toBeCloseTo(1.05, 3);
  });
});
