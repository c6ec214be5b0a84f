import { buildCollisionMap, type HeldInput, stepMovement } from '@chatmux/engine';
import {
  type InputMessage,
  RUN_SPEED,
  STEP_HZ,
  STEP_SECONDS,
  STEPS_PER_TICK,
  WALK_SPEED,
} from '@chatmux/schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  advanceMover,
  applyInput,
  createMover,
  haltMover,
  MAX_AHEAD,
  MAX_CREDIT,
  MAX_TURNED_AHEAD,
  type Mover,
} from './mover.ts';

const map = buildCollisionMap({
  bounds: { minX: -100, maxX: 100, minZ: -100, maxZ: 100 },
  things: [{ look: 'wall', x: 4, z: 1, turn: 25, width: 1, height: 2, depth: 9, solid: 'box', variant: 0 }],
});
const start = { x: 0, z: 0, yaw: 0 };
const input = (seq: number, step: number, gait: 0 | 1 | 2, heading = 0): InputMessage => ({
  seq,
  step,
  gait,
  heading,
});
const ticks = (mover: Mover, count: number) => {
  for (let i = 0; i < count; i++) advanceMover(mover, map);
};

describe('a mover', () => {
  it('walks on between inputs, with what was held last', () => {
    const mover = createMover(start);
    applyInput(mover, input(1, 0, 1), map);
    ticks(mover, 10);
    expect(mover.shown.z).toBeCloseTo(10 * STEPS_PER_TICK * STEP_SECONDS * WALK_SPEED, 6);
  });

  it('lets a late stop hold from where the client stopped', () => {
    const mover = createMover(start);
    applyInput(mover, input(1, 0, 1), map);
    ticks(mover, 10);
    applyInput(mover, input(2, 20, 0), map);
    expect(mover.shown.z).toBeCloseTo(20 * STEP_SECONDS * WALK_SPEED, 6);
    ticks(mover, 5);
    expect(mover.shown).toEqual(mover.body);
  });

  it('agrees with the client to the last bit, however inputs are delayed and bunched', () => {
    const change = fc.record({
      after: fc.integer({ min: 1, max: 30 }),
      gait: fc.constantFrom(0 as const, 1 as const, 2 as const),
      heading: fc.integer({ min: 0, max: 65535 }),
      late: fc.integer({ min: 0, max: 12 }),
    });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 20 }), (changes) => {
        // The client walks; the server gets each input some ticks late, but in order.
        let body = start;
        let held: HeldInput = { gait: 0, heading: 0 };
        let step = 0;
        const arrivals: { tick: number; input: InputMessage; at: typeof body }[] = [];
        changes.forEach(({ after, gait, heading, late }, index) => {
          for (let i = 0; i < after; i++) body = stepMovement(body, held, map, STEP_SECONDS);
          step += after;
          held = { gait, heading };
          const tick = Math.max(Math.ceil(step / STEPS_PER_TICK) + late, arrivals.at(-1)?.tick ?? 0);
          arrivals.push({ tick, input: input(index + 1, step, gait, heading), at: body });
        });
        const mover = createMover(start);
        applyInput(mover, input(0, 0, 0), map);
        const last = arrivals.at(-1)?.tick ?? 0;
        for (let tick = 0; tick <= last; tick++) {
          advanceMover(mover, map);
          for (const arrival of arrivals.filter((a) => a.tick === tick)) {
            applyInput(mover, arrival.input, map);
            expect(mover.body).toEqual(arrival.at);
          }
        }
      }),
    );
  });

  it('refuses an input that is older than the last, and stays as it was', () => {
    const mover = createMover(start);
    applyInput(mover, input(5, 10, 1), map);
    const before = structuredClone(mover);
    expect(() => applyInput(mover, input(5, 11, 0), map)).toThrow(/came after/);
    expect(() => applyInput(mover, input(6, 9, 0), map)).toThrow(/lies before/);
    expect(mover).toEqual(before);
  });

  it('lets nobody claim more movement than time has passed', () => {
    const mover = createMover(start);
    applyInput(mover, input(1, 0, 1), map);
    expect(() => applyInput(mover, input(2, 60 * STEP_HZ, 1), map)).toThrow(/claims/);
    expect(mover.body.z).toBeLessThanOrEqual(MAX_CREDIT * STEP_SECONDS * WALK_SPEED + 1e-6);
    expect(mover.cut).toBe(true);
  });

  it('holds the long-run speed of a client whose clock runs twice as fast', () => {
    const mover = createMover(start);
    applyInput(mover, input(1, 0, 2), map);
    const seconds = 20;
    let step = 0;
    for (let tick = 0; tick < seconds * 20; tick++) {
      advanceMover(mover, map);
      step += 2 * STEPS_PER_TICK;
      try {
        applyInput(mover, input(tick + 2, step, 2), map);
      } catch {
        // refused, as it should be
      }
    }
    expect(mover.body.z).toBeLessThanOrEqual((seconds + 2) * 6 + 0.1);
  });

  it('stops by itself when the client falls silent', () => {
    const mover = createMover(start);
    applyInput(mover, input(1, 0, 1), map);
    ticks(mover, 200);
    expect(mover.shown.z).toBeCloseTo(MAX_AHEAD * STEP_SECONDS * WALK_SPEED, 6);
  });

  it('[MP5] turns round without throwing the shown body across the place', () => {
    const mover = createMover(start);
    applyInput(mover, input(1, 0, 2), map);
    ticks(mover, 15);
    const before = mover.shown.z;
    applyInput(mover, input(2, 0, 2, 32768), map);
    expect(mover.body.z).toBe(0);
    expect(mover.shown.z).toBeLessThan(0);
    expect(mover.shown.z).toBeGreaterThanOrEqual(-MAX_TURNED_AHEAD * STEP_SECONDS * RUN_SPEED - 1e-6);
    expect(before - mover.shown.z).toBeLessThan(6.6);
  });

  it('[MP3] may claim no more than a quarter of a second on arrival', () => {
    const mover = createMover(start);
    applyInput(mover, input(1, 0, 1), map);
    expect(() => applyInput(mover, input(2, 16, 1), map)).toThrow(/claims/);
    const other = createMover(start);
    applyInput(other, input(1, 0, 1), map);
    applyInput(other, input(2, 15, 1), map);
    expect(other.cut).toBe(false);
  });

  it('does not punish a burst after a hitch of the network', () => {
    const mover = createMover(start);
    applyInput(mover, input(1, 0, 1), map);
    ticks(mover, 30);
    for (let i = 1; i <= 6; i++) applyInput(mover, input(1 + i, i * 15, 1), map);
    expect(mover.cut).toBe(false);
    expect(mover.body.z).toBeCloseTo(90 * STEP_SECONDS * WALK_SPEED, 6);
  });

  it('halts where it is shown', () => {
    const mover = createMover(start);
    applyInput(mover, input(1, 0, 1), map);
    ticks(mover, 5);
    const { shown } = mover;
    haltMover(mover);
    ticks(mover, 20);
    expect(mover.shown).toEqual(shown);
  });

  it('pays for what it walked ahead when it halts, and for nothing while it stands', () => {
    const mover = createMover(start);
    applyInput(mover, input(1, 0, 1), map);
    ticks(mover, 5);
    const { credit, ahead } = mover;
    expect(ahead).toBeGreaterThan(0);
    haltMover(mover);
    expect(mover.credit).toBe(credit - ahead);
    ticks(mover, 5);
    const standing = mover.credit;
    haltMover(mover);
    expect(mover.credit).toBe(standing);
  });

  it('gets nobody farther by losing the line again and again than by walking on', () => {
    let mover = createMover(start);
    const { credit } = mover;
    const back = () => {
      mover = createMover(mover.shown, mover.credit);
      applyInput(mover, input(1, 0, 1), map);
    };
    const [rounds, silent] = [40, 5];
    for (let round = 0; round < rounds; round++) {
      back();
      ticks(mover, silent);
      haltMover(mover);
      back();
      // Claims all that is left, which the way walked in silence must not be part of.
      applyInput(mover, input(2, mover.credit, 1), map);
      haltMover(mover);
    }
    const steps = credit + rounds * silent * STEPS_PER_TICK;
    expect(mover.shown.z).toBeCloseTo(steps * STEP_SECONDS * WALK_SPEED, 6);
  });
});
