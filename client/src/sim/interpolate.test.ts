import { describe, expect, it } from 'vitest';
import { InterpolatedBody, turnBetween } from './interpolate.ts';
import { PlaybackClock } from './playback-clock.ts';

const pose = (x: number, yaw = 0) => ({ id: 1, x, z: 0, yaw });

describe('an interpolated body', () => {
  it('moves evenly between poses', () => {
    const body = new InterpolatedBody(pose(0), 1, 10);
    body.add(pose(1), 1, 11);
    body.advance(10.25, 16);
    expect(body.shown.x).toBeCloseTo(0.25, 9);
    body.advance(10.75, 16);
    expect(body.shown.x).toBeCloseTo(0.75, 9);
  });
  it('stands through a gap, and does not glide across it', () => {
    const body = new InterpolatedBody(pose(0), 1, 10);
    body.add(pose(0.16), 1, 60);
    body.advance(40, 16);
    expect(body.shown.x).toBe(0);
    body.advance(59.5, 16);
    expect(body.shown.x).toBeCloseTo(0.08, 9);
  });
  it('carries a movement on for a quarter second when poses are late, then waits', () => {
    const body = new InterpolatedBody(pose(0), 1, 10);
    body.add(pose(0.16), 1, 11);
    body.advance(13, 16);
    expect(body.shown.x).toBeCloseTo(0.48, 9);
    body.advance(50, 16);
    expect(body.shown.x).toBeCloseTo(0.16 * 6, 9);
  });
  it('stays where a stop was told', () => {
    const body = new InterpolatedBody(pose(0), 1, 10);
    body.add(pose(0.16), 1, 11);
    body.add(pose(0.16), 1, 12);
    body.advance(14, 16);
    expect(body.shown.x).toBeCloseTo(0.16, 9);
  });
  it('cuts instead of flying across the world', () => {
    const body = new InterpolatedBody(pose(0), 1, 10);
    body.add(pose(50), 1, 11);
    body.advance(10.5, 16);
    expect(body.shown.x).toBe(50);
  });
  it('is shown later where poses come less often, and never stands in between', () => {
    const body = new InterpolatedBody(pose(0), 4, 0);
    let told = 0;
    let before = 0;
    for (let ms = 0; ms < 4000; ms += 10) {
      const tick = ms / 50;
      for (; told + 4 <= tick - 1; told += 4) body.add(pose((told + 4) * 0.16), 4, told + 4);
      body.advance(tick - 1.3, 10);
      const step = body.shown.x - before;
      before = body.shown.x;
      if (ms > 500) expect(step, `at ${ms} ms`).toBeCloseTo(0.032, 6);
    }
  });
  it('goes over to another rate without a step back or a jump', () => {
    const body = new InterpolatedBody(pose(0), 1, 0);
    let before = 0;
    for (let ms = 50; ms < 6000; ms += 10) {
      const tick = ms / 50;
      const window = tick < 40 ? 1 : tick < 80 ? 4 : 1;
      if (Number.isInteger(tick) && tick % window === 0) body.add(pose(tick * 0.16), window, tick);
      body.advance(tick - 1.3, 10);
      const step = body.shown.x - before;
      before = body.shown.x;
      expect(step, `at ${ms} ms`).toBeGreaterThan(-1e-9);
      expect(step, `at ${ms} ms`).toBeLessThan(0.032 * 1.3);
    }
  });
  it.each([4, 32, 64, 128])(
    'told of every %i ticks and then each tick, walks up without a leap',
    (window) => {
      const walked = (tick: number) => pose(tick * 0.16);
      const body = new InterpolatedBody(walked(0), window, 0);
      const near = 2 * window;
      let told = 0;
      let before = Number.NaN;
      for (let ms = 0; ms < (near + 800) * 50; ms += 10) {
        const tick = ms / 50;
        const pace = tick <= near ? window : 1;
        if (tick >= told + pace) {
          told += pace;
          body.add(walked(told), pace, told);
        }
        body.advance(tick - 1.3, 10);
        const step = body.shown.x - before;
        before = body.shown.x;
        // A quarter faster than they walk, until they are shown where they are.
        if (tick > near) expect(step, `at ${ms} ms`).toBeLessThan(0.032 * 1.25 + 1e-9);
        if (tick > near) expect(step, `at ${ms} ms`).toBeGreaterThan(0.032 - 1e-9);
      }
      expect(body.shown.x).toBeCloseTo((near + 800 - 0.2 - 1.3) * 0.16, 6);
    },
  );
  it.each([2, 4, 16, 64])('told of each tick and then every %i, walks on from where it waited', (window) => {
    const body = new InterpolatedBody(pose(0), 1, 0);
    let before = 0;
    for (let ms = 50; ms < 600 * 50; ms += 10) {
      const tick = ms / 50;
      const pace = tick <= 100 ? 1 : window;
      if (Number.isInteger(tick) && tick % pace === 0) body.add(pose(tick * 0.16), pace, tick);
      body.advance(tick - 1.3, 10);
      const step = body.shown.x - before;
      before = body.shown.x;
      expect(step, `at ${ms} ms`).toBeGreaterThan(-1e-9);
      expect(step, `at ${ms} ms`).toBeLessThan(0.032 * 1.3);
    }
    // They are shown no later than one telling and its delay.
    expect(body.shown.x).toBeGreaterThan((600 - window - 2) * 0.16);
  });
  it('turns the short way round', () => {
    expect(turnBetween(0.1, Math.PI * 2 - 0.1)).toBeCloseTo(-0.2, 9);
    const body = new InterpolatedBody(pose(0, 0.1), 1, 10);
    body.add(pose(0, Math.PI * 2 - 0.1), 1, 11);
    body.advance(10.5, 16);
    expect(Math.cos(body.shown.yaw)).toBeCloseTo(1, 6);
  });
});

describe('the playback clock', () => {
  it('runs a little more than a tick behind a steady server', () => {
    const clock = new PlaybackClock();
    for (let tick = 0; tick < 100; tick++) clock.arrived(tick, 5000 + tick * 50);
    expect(clock.target(5000 + 99 * 50)).toBeCloseTo(99 - 1.3, 1);
  });
  it('forgets a stall of the server within seconds', () => {
    const clock = new PlaybackClock();
    const pass = (from: number, to: number, lateMs: number) => {
      for (let tick = from; tick < to; tick++) {
        clock.arrived(tick, tick * 50 + lateMs);
        clock.advance(50);
      }
    };
    pass(0, 100, 0);
    // From here on every tick is 300 ms later than those before: ticks were lost in between.
    pass(100, 280, 300);
    expect(clock.jitterMs).toBeLessThan(1);
    expect(clock.delayMs).toBeLessThan(80);
  });
  it('keeps further behind when frames come unevenly, so that poses are there in time', () => {
    const clock = new PlaybackClock();
    let late = 0;
    let newest = 0;
    let now = 0;
    const lag = (tick: number) => 80 + ((tick * 7919) % 100);
    let last = 0;
    const arrivals = Array.from({ length: 400 }, (_, tick) => {
      last = Math.max(last, tick * 50 + lag(tick));
      return { tick, at: last };
    });
    for (const { tick, at } of arrivals) {
      for (; now < at; now += 10) {
        clock.advance(10);
        if (tick > 100 && clock.target(now) > newest) late += 1;
      }
      newest = clock.arrived(tick, at);
    }
    expect(clock.delayMs).toBeGreaterThan(100);
    expect(late).toBeLessThan(20);
  });
  it('goes on across the wrap of the tick', () => {
    const clock = new PlaybackClock();
    clock.arrived(65535, 0);
    expect(clock.arrived(1, 100)).toBe(65537);
  });
  it('starts over with another server', () => {
    const clock = new PlaybackClock();
    clock.arrived(9000, 0);
    clock.reset();
    clock.arrived(5, 100);
    expect(clock.target(100)).toBeLessThan(6);
  });
});
