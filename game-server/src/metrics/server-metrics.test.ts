import { Protocol } from '@colyseus/core';
import { describe, expect, it } from 'vitest';
import { RandomCrowd, YARD } from '../engine/testing/random-crowd.ts';
import { runTick } from '../systems/schedule.ts';
import { createWorld } from '../world/create-world.ts';
import { kindOf } from './count-sent.ts';
import { Recent, spreadOf } from './recent.ts';
import { ServerMetrics } from './server-metrics.ts';

/** Metrics on a clock that a test moves. */
function useMetrics() {
  let clock = 1000;
  let cpu = 0;
  const metrics = new ServerMetrics({ clocks: { now: () => clock, cpu: () => cpu } });
  const observe = (roomId: string, copy: number) =>
    metrics.observe({ roomId, copy, world: createWorld(YARD), connections: () => 3 });
  /** @param share of the time in which this thread ran */
  const pass = (ms: number, share = 1) => {
    clock += ms;
    cpu += ms * share;
  };
  return { metrics, observe, pass };
}

describe('ServerMetrics', () => {
  it('tells how long ticks take and how late they begin', async () => {
    const { metrics, observe, pass } = useMetrics();
    const room = observe('a', 1);
    for (const [takes, waits] of [
      [4, 46],
      [4, 46],
      [30, 90],
      [4, 46],
    ] as const) {
      room.beginTick();
      pass(takes);
      room.endTick();
      pass(waits);
    }
    const text = await metrics.text();
    expect(text).toContain('chatmux_tick_seconds_bucket{le="0.005",world="yard"} 3\n');
    expect(text).toContain('chatmux_tick_seconds_bucket{le="0.035",world="yard"} 4\n');
    expect(text).toMatch(/chatmux_tick_seconds_sum\{world="yard"\} 0\.04(2|1999)/);
    // The third took 30 ms and the next came 120 ms after it: 70 late.
    expect(text).toContain('chatmux_tick_lateness_seconds_bucket{le="0.05",world="yard"} 3\n');
    expect(text).toContain('chatmux_tick_lateness_seconds_bucket{le="0.075",world="yard"} 4\n');
    expect(spreadOf(room.tickMs.sorted())).toEqual({ p50: 4, p99: 30, max: 30 });
  });

  it('tells how much processor time ticks take', async () => {
    const { metrics, observe, pass } = useMetrics();
    const room = observe('a', 1);
    for (const share of [1, 0.25]) {
      room.beginTick();
      pass(16, share);
      room.endTick();
      pass(34);
    }
    const text = await metrics.text();
    expect(text).toContain('chatmux_tick_cpu_seconds_bucket{le="0.005",world="yard"} 1\n');
    expect(text).toContain('chatmux_tick_cpu_seconds_bucket{le="0.02",world="yard"} 2\n');
    expect(text).toMatch(/chatmux_tick_cpu_seconds_sum\{world="yard"\} 0\.0(2|19999)/);
  });

  it('counts messages of all rooms, those that are gone included, as often as it is asked', async () => {
    const { metrics, observe } = useMetrics();
    const first = observe('a', 1);
    first.sent('plan', 100);
    first.sent('plan', 20);
    first.received('input');
    first.refused('too-many');
    first.close();
    observe('b', 1).sent('plan', 1);
    await metrics.text();
    const text = await metrics.text();
    expect(text).toContain('chatmux_sent_bytes_total{kind="plan"} 121\n');
    expect(text).toContain('chatmux_sent_messages_total{kind="plan"} 3\n');
    expect(text).toContain('chatmux_sent_messages_total{kind="roster"} 0\n');
    expect(text).toContain('chatmux_received_messages_total{type="input"} 1\n');
    expect(text).toContain('chatmux_refused_total{code="too-many"} 1\n');
  });

  it('tells of rooms while they are open', async () => {
    const { metrics } = useMetrics();
    const world = createWorld(YARD);
    const crowd = new RandomCrowd(3, 20);
    const countInCircles = () => [...world.people.values()].filter((person) => person.circle > 0).length;
    // Until there is something to tell.
    for (let i = 0; i < 5000 && (i < 400 || countInCircles() === 0); i++) runTick(world, crowd.next());
    const room = metrics.observe({ roomId: 'a', copy: 7, world, connections: () => 5 });
    const inCircles = countInCircles();
    expect(inCircles).toBeGreaterThan(0);
    const open = await metrics.text();
    expect(open).toContain('chatmux_rooms 1\n');
    expect(open).toContain(`chatmux_people{world="yard",copy="7"} ${world.people.size}\n`);
    expect(open).toContain('chatmux_connections{world="yard",copy="7"} 5\n');
    expect(open).toContain(`chatmux_circles{world="yard",copy="7"} ${world.grouping.circles.size}\n`);
    expect(open).toContain(`chatmux_circle_members{world="yard",copy="7"} ${inCircles}\n`);
    room.close();
    const closed = await metrics.text();
    expect(closed).toContain('chatmux_rooms 0\n');
    expect(closed).not.toContain('copy="7"');
    expect(metrics.rooms.size).toBe(0);
  });

  it('tells the sizes of plans', async () => {
    const { metrics, observe } = useMetrics();
    const entry = {
      id: 1,
      carry: 'distance',
      heardBy: false,
      seenBy: 0,
      screen: 0,
      screenSeenBy: 0,
    } as const;
    observe('a', 1).plan([
      { ...entry, audio: true, video: 2 },
      { ...entry, audio: true, video: 0 },
      { ...entry, audio: false, video: 0 },
    ]);
    const text = await metrics.text();
    expect(text).toContain('chatmux_plan_entries_sum{of="entries"} 3\n');
    expect(text).toContain('chatmux_plan_entries_sum{of="voices"} 2\n');
    expect(text).toContain('chatmux_plan_entries_sum{of="faces"} 1\n');
  });

  it('keeps servers apart: two of one process don’t share a number', async () => {
    const one = new ServerMetrics();
    const two = new ServerMetrics({ process: true });
    one.observe({ roomId: 'a', copy: 1, world: createWorld(YARD), connections: () => 0 }).sent('other', 5);
    expect(await two.text()).toContain('chatmux_sent_bytes_total{kind="other"} 0\n');
    expect(await two.text()).toContain('process_cpu_seconds_total');
    expect(await one.text()).not.toContain('process_cpu_seconds_total');
  });
});

describe('kindOf', () => {
  it('knows messages of Colyseus by how they begin', () => {
    const named = (name: string) => [Protocol.ROOM_DATA, 0xa0 | name.length, ...Buffer.from(name), 1, 2];
    expect(kindOf(Uint8Array.of(Protocol.ROOM_STATE, 1))).toBe('roster');
    expect(kindOf(Uint8Array.of(Protocol.ROOM_STATE_PATCH, 1))).toBe('roster');
    expect(kindOf(Uint8Array.of(Protocol.ROOM_DATA_BYTES, 0xa5))).toBe('poses');
    expect(kindOf(Uint8Array.from(named('plan')))).toBe('plan');
    expect(kindOf(Uint8Array.from(named('planet')))).toBe('other');
    expect(kindOf(Uint8Array.from(named('welcome')))).toBe('other');
    expect(kindOf(new Uint8Array())).toBe('other');
  });
});

describe('Recent', () => {
  it('holds the newest, smallest first', () => {
    const recent = new Recent(3);
    expect([...recent.sorted()]).toEqual([]);
    for (const value of [9, 1, 7, 3]) recent.add(value);
    expect([...recent.sorted()]).toEqual([1, 3, 7]);
    expect(recent.newest).toBe(3);
  });
});
