import { buildCollisionMap, type HeldInput, stepMovement, yawToHeading } from '@chatmux/engine';
import { type InputMessage, STEP_SECONDS, WALK_SPEED } from '@chatmux/schema';
import { describe, expect, it } from 'vitest';
import { Prediction } from './predict.ts';

const map = buildCollisionMap({ bounds: { minX: -100, maxX: 100, minZ: -100, maxZ: 100 }, things: [] });
const start = { x: 0, z: 0, yaw: 0 };
const WALK: HeldInput = { gait: 1, heading: 0 };
const STAND: HeldInput = { gait: 0, heading: 0 };
const FRAME_MS = 1000 / 60;

/** Where a server that agrees has a body after the inputs so far, at the step of the last. */
function truth(inputs: readonly InputMessage[]) {
  let body = start;
  inputs.forEach((input, i) => {
    const before = inputs[i - 1];
    for (let step = before?.step ?? 0; step < input.step; step++)
      body = stepMovement(body, before ?? STAND, map, STEP_SECONDS);
  });
  return body;
}

describe('prediction', () => {
  it('moves on the very frame a key goes down', () => {
    const prediction = new Prediction(map, start);
    prediction.advance(5, () => STAND);
    const sent = prediction.advance(4, () => WALK);
    expect(prediction.shown().z).toBeGreaterThan(0);
    expect(sent).toMatchObject([{ gait: 1 }]);
  });

  it('never steps back, not even by the part of a step, when a key is let go', () => {
    const prediction = new Prediction(map, start);
    let last = 0;
    for (let i = 0; i < 400; i++) {
      prediction.advance(7.3, () => (i % 50 < 30 ? WALK : STAND));
      expect(prediction.shown().z).toBeGreaterThanOrEqual(last);
      last = prediction.shown().z;
    }
  });

  it('covers the same ground at any frame rate', () => {
    for (const frame of [4, FRAME_MS, 100]) {
      const prediction = new Prediction(map, start);
      for (let t = 0; t < 2000; t += frame) prediction.advance(frame, () => WALK);
      expect(Math.abs(prediction.shown().z - 2 * WALK_SPEED)).toBeLessThan(WALK_SPEED * 0.11);
    }
  });

  it('is silent while nothing changes, but for a slow heartbeat', () => {
    const prediction = new Prediction(map, start);
    let sent = 0;
    for (let i = 0; i < 600; i++) sent += prediction.advance(FRAME_MS, () => WALK).length;
    expect(sent).toBeGreaterThanOrEqual(39);
    expect(sent).toBeLessThanOrEqual(42);
  });

  it('sends a turning heading no more than 20 times a second, and a stop at once', () => {
    const prediction = new Prediction(map, start);
    let yaw = 0;
    let sent = 0;
    for (let i = 0; i < 120; i++) {
      yaw += 0.05;
      sent += prediction.advance(FRAME_MS, () => ({ gait: 1, heading: yawToHeading(yaw) })).length;
    }
    expect(sent).toBeLessThanOrEqual(42);
    const stop = [
      prediction.advance(FRAME_MS, () => STAND),
      prediction.advance(FRAME_MS, () => STAND),
    ].flat();
    expect(stop).toMatchObject([{ gait: 0 }]);
  });

  it('is left alone by a server that agrees, however late it says so', () => {
    const prediction = new Prediction(map, start);
    const sent: InputMessage[] = [];
    let yaw = 0;
    for (let i = 0; i < 600; i++) {
      yaw += Math.sin(i / 30) * 0.03;
      const held: HeldInput = i % 100 < 80 ? { gait: 1, heading: yawToHeading(yaw) } : STAND;
      sent.push(...prediction.advance(FRAME_MS, () => held));
      // Acknowledged some inputs later.
      const acknowledged = sent.slice(0, -3);
      const last = acknowledged.at(-1);
      if (last) prediction.reconcile({ seq: last.seq, step: last.step, ...truth(acknowledged), cut: false });
    }
    expect(prediction.corrections).toEqual({ count: 0, largest: 0 });
  });

  it('knows which inputs the server has not answered', () => {
    const prediction = new Prediction(map, start);
    expect(prediction.unanswered).toBeGreaterThan(0);
    const { seq } = prediction.hello();
    prediction.reconcile({ seq: -1, step: 0, ...start, cut: true });
    expect(prediction.unanswered).toBeGreaterThan(0);
    prediction.reconcile({ seq, step: 0, ...start, cut: false });
    expect(prediction.unanswered).toBe(0);
    prediction.advance(FRAME_MS, () => WALK);
    expect(prediction.unanswered).toBe(1);
  });

  it('lets a small difference fade instead of jumping', () => {
    const prediction = new Prediction(map, start);
    const [first] = prediction.advance(FRAME_MS, () => WALK);
    for (let i = 0; i < 30; i++) prediction.advance(FRAME_MS, () => WALK);
    const before = prediction.shown();
    prediction.reconcile({ seq: first?.seq ?? 0, step: first?.step ?? 0, x: 0.5, z: 0, yaw: 0, cut: false });
    expect(prediction.shown().x).toBeCloseTo(before.x, 9);
    expect(prediction.corrections.largest).toBeCloseTo(0.5, 6);
    let largestJump = 0;
    let x = prediction.shown().x;
    for (let i = 0; i < 60; i++) {
      prediction.advance(FRAME_MS, () => STAND);
      largestJump = Math.max(largestJump, Math.abs(prediction.shown().x - x));
      x = prediction.shown().x;
    }
    expect(x).toBeCloseTo(0.5, 2);
    expect(largestJump).toBeLessThan(0.1);
  });

  it('takes a cut, and a large difference, at once', () => {
    const prediction = new Prediction(map, start);
    prediction.advance(FRAME_MS, () => WALK);
    prediction.reconcile({ seq: -1, step: 0, x: 7, z: 8, yaw: 1, cut: true });
    expect(prediction.shown().x).toBeCloseTo(7, 1);
    const [hello] = [prediction.hello()];
    prediction.reconcile({ seq: hello.seq, step: hello.step, x: 30, z: 8, yaw: 1, cut: false });
    expect(prediction.shown().x).toBeCloseTo(30, 1);
  });
});
