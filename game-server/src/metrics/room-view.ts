import type { World } from '../world/types.ts';
import { type Spread, spreadOf } from './recent.ts';
import type { RoomMetrics } from './room-metrics.ts';
import type { Sent, SentKind } from './tally.ts';

/** Upper ends of the bars of the page's tick histogram, in milliseconds. */
const TICK_BARS = [1, 2, 3, 5, 8, 12, 18, 25, 35, 50, 100] as const;

/** People and circles of a room, counted. */
export interface RoomCounts {
  readonly people: number;
  /** Of them with a lost connection, whose seat is kept. */
  readonly away: number;
  readonly connections: number;
  readonly circles: number;
  /** People who stand in circles, and those in the largest. */
  readonly inCircles: number;
  readonly largestCircle: number;
}

/** What the operators' page shows of a room. It names nobody; the dump does. */
export interface RoomView extends RoomCounts {
  readonly roomId: string;
  readonly world: string;
  readonly copy: number;
  readonly tick: number;
  /** Of the last minute. */
  readonly tickMs: Spread & {
    readonly bars: readonly { readonly upTo: number | null; readonly count: number }[];
  };
  readonly lateMs: Spread;
  /** Over the people who are here: whom each prepares or receives, hears, and sees. */
  readonly plans: { readonly entries: Spread; readonly voices: Spread; readonly faces: Spread };
  readonly sent: Readonly<Record<SentKind, Sent>>;
  readonly received: Readonly<Record<string, number>>;
  readonly refused: Readonly<Record<string, number>>;
  readonly bounds: { minX: number; maxX: number; minZ: number; maxZ: number };
  readonly places: readonly PlaceView[];
}

/** Id, x, z (metres, to the centimetre), circle (0 for none), 0 away, 1 here, 2 speaking. */
export type PlaceView = readonly [id: number, x: number, z: number, circle: number, state: 0 | 1 | 2];

/** Counts who is in a room. */
export function countRoom({ room }: RoomMetrics): RoomCounts {
  const { people, grouping } = room.world;
  const sizes = [...grouping.circles.values()].map((circle) => circle.members.size);
  return {
    people: people.size,
    away: [...people.values()].filter((person) => !person.here).length,
    connections: room.connections(),
    circles: sizes.length,
    inCircles: sizes.reduce((sum, size) => sum + size, 0),
    largestCircle: Math.max(0, ...sizes),
  };
}

/** Reads all that the page shows of a room. */
export function viewRoom(metrics: RoomMetrics): RoomView {
  const { room, tally } = metrics;
  const { world } = room;
  const ticks = metrics.tickMs.sorted();
  return {
    ...countRoom(metrics),
    roomId: room.roomId,
    world: world.map.id,
    copy: room.copy,
    tick: world.tick,
    tickMs: { ...spreadOf(ticks), bars: barsOf(ticks) },
    lateMs: spreadOf(metrics.lateMs.sorted()),
    plans: plansOf(world),
    sent: tally.sent,
    received: Object.fromEntries(tally.received),
    refused: Object.fromEntries(tally.refused),
    bounds: world.map.bounds,
    places: placesOf(world),
  };
}

function barsOf(sorted: Float64Array): { upTo: number | null; count: number }[] {
  const counts = new Array<number>(TICK_BARS.length + 1).fill(0);
  for (const ms of sorted) {
    const bar = TICK_BARS.findIndex((upTo) => ms <= upTo);
    const index = bar < 0 ? TICK_BARS.length : bar;
    counts[index] = (counts[index] ?? 0) + 1;
  }
  return counts.map((count, i) => ({ upTo: TICK_BARS[i] ?? null, count }));
}

function plansOf({ people }: World): RoomView['plans'] {
  const entries: number[] = [];
  const voices: number[] = [];
  const faces: number[] = [];
  for (const { here, hearing } of people.values()) {
    if (!here) continue;
    let heard = 0;
    let seen = 0;
    for (const { audio, video } of hearing.values()) {
      if (audio) heard += 1;
      if (video > 0) seen += 1;
    }
    entries.push(hearing.size);
    voices.push(heard);
    faces.push(seen);
  }
  const spread = (numbers: number[]) => spreadOf(numbers.sort((a, b) => a - b));
  return { entries: spread(entries), voices: spread(voices), faces: spread(faces) };
}

function placesOf({ people }: World): PlaceView[] {
  const round = (metres: number) => Math.round(metres * 100) / 100;
  return [...people.values()].map(({ id, mover, circle, here, speaking }) => {
    const { x, z } = mover.shown;
    return [id, round(x), round(z), circle, here ? (speaking ? 2 : 1) : 0];
  });
}
