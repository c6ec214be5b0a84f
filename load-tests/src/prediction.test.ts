import type { HeldInput } from '@chatmux/engine';
import { buildCollisionMap, yawToHeading } from '@chatmux/engine';
import { type InputMessage, type SelfMessage, TICK_HZ, type WorldMap } from '@chatmux/schema';
import { describe, expect, it } from 'vitest';
import { Prediction } from '../../client/src/sim/predict.ts';
import { advanceMover, applyInput, createMover } from '../../game-server/src/world/mover.ts';

/** The browser's prediction against the server's mover, over a line with delay and jitter, in virtual time. */

const wall = (x: number, z: number, turn: number): WorldMap['things'][number] => ({
  look: 'wall',
  x,
  z,
  turn,
  width: 1,
  height: 2,
  depth: 12,
  solid: 'box',
  variant: 0,
});
const map = buildCollisionMap({
  bounds: { minX: -60, maxX: 60, minZ: -60, maxZ: 60 },
  things: [wall(6, 4, 20), wall(-9, -3, 75), wall(0, 18, 130)],
});
const TICK_MS = 1000 / TICK_HZ;

function numbers(seed: number) {
  let state = seed;
  return () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
}

/** Something that is under way: it arrives at a time, and never before what was sent earlier. */
class Line<T> {
  private readonly items: { due: number; value: T }[] = [];
  private last = 0;
  private readonly delay: () => number;
  constructor(delay: () => number) {
    this.delay = delay;
  }
  send(now: number, value: T): void {
    this.last = Math.max(this.last, now + this.delay());
    this.items.push({ due: this.last, value });
  }
  arrived(now: number): T[] {
    const count = this.items.findIndex((item) => item.due > now);
    return this.items.splice(0, count < 0 ? this.items.length : count).map((item) => item.value);
  }
}

function play(seed: number, delayMs: number, jitterMs: number, frameMs: number) {
  const random = numbers(seed);
  const start = { x: 0, z: 0, yaw: 0 };
  const prediction = new Prediction(map, start);
  const mover = createMover(start);
  const lag = () => delayMs + (random() * 2 - 1) * jitterMs;
  const up = new Line<InputMessage>(lag);
  const down = new Line<SelfMessage>(lag);
  const refused: unknown[] = [];
  let held: HeldInput = { gait: 0, heading: 0 };
  let nextTick = 0;
  up.send(0, prediction.hello());
  for (let now = 0; now < 60_000; now += frameMs) {
    if (random() < frameMs / 400)
      held = { gait: random() < 0.25 ? 0 : random() < 0.5 ? 1 : 2, heading: yawToHeading(random() * 7) };
    for (const input of prediction.advance(frameMs, () => held)) up.send(now, input);
    for (; nextTick <= now; nextTick += TICK_MS) {
      for (const input of up.arrived(nextTick)) {
        try {
          applyInput(mover, input, map);
        } catch (error) {
          refused.push(error);
        }
      }
      if (mover.unacknowledged) {
        down.send(nextTick, { seq: mover.seq, step: mover.step, ...mover.body, cut: mover.cut });
        mover.unacknowledged = false;
      }
      advanceMover(mover, map);
    }
    for (const self of down.arrived(now)) prediction.reconcile(self);
  }
  return { refused, ...prediction.corrections };
}

describe.each([
  ['loopback', 0, 0],
  ['a long way', 150, 50],
  ['a very uneven way', 200, 180],
])('over %s (%i ms ± %i ms)', (_way, delayMs, jitterMs) => {
  it.each([1, 2, 3])('the server never disagrees with a walk through walls and corners (seed %i)', (seed) => {
    for (const frameMs of [7, 1000 / 60, 100])
      expect(play(seed, delayMs, jitterMs, frameMs), `${frameMs} ms a frame`).toEqual({
        refused: [],
        count: 0,
        largest: 0,
      });
  });
});
