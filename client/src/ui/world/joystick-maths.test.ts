import { describe, expect, it } from 'vitest';
import { DEAD_ZONE, stickVector } from './joystick-maths.ts';

const R = 60;

describe('stickVector', () => {
  it('rests in the dead zone while the knob follows the thumb', () => {
    const stick = stickVector(R * DEAD_ZONE * 0.9, 0, R);
    expect(stick).toMatchObject({ x: 0, y: 0 });
    expect(stick.knobX).toBeCloseTo(R * DEAD_ZONE * 0.9);
    expect(stickVector(0, 0, R)).toEqual({ x: 0, y: 0, knobX: 0, knobY: 0 });
  });

  it('points away from the camera when pushed up', () => {
    const stick = stickVector(0, -R, R);
    expect(stick.x).toBeCloseTo(0);
    expect(stick.y).toBeCloseTo(1);
    expect(stick.knobY).toBe(-R);
  });

  it('keeps direction and length within the rim, wherever the thumb goes', () => {
    for (let angle = 0; angle < Math.PI * 2; angle += 0.1) {
      for (const far of [0.2, 0.5, 1, 3, 50]) {
        const dx = Math.cos(angle) * R * far;
        const dy = Math.sin(angle) * R * far;
        const stick = stickVector(dx, dy, R);
        expect(Math.hypot(stick.x, stick.y)).toBeLessThanOrEqual(1 + 1e-9);
        expect(Math.hypot(stick.knobX, stick.knobY)).toBeLessThanOrEqual(R + 1e-9);
        expect(Math.atan2(-stick.y, stick.x)).toBeCloseTo(Math.atan2(dy, dx));
      }
    }
  });

  it('grows steadily from the dead zone to the rim', () => {
    let before = -1;
    for (let at = DEAD_ZONE * R; at <= R; at += 1) {
      const { x } = stickVector(at, 0, R);
      expect(x).toBeGreaterThan(before);
      before = x;
    }
    expect(stickVector(R, 0, R).x).toBeCloseTo(1);
  });
});
