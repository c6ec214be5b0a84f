import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { WORLD_ROOM } from '@chatmux/schema';
import { matchMaker } from '@colyseus/core';
import { afterAll, expect, it, vi } from 'vitest';
import { ServerMetrics } from '../metrics/server-metrics.ts';
import { indexOf } from '../systems/group-index.ts';
import { ChurningGuest, DEEDS, type Deed } from '../testing/churning-guest.ts';
import { seededRandom } from '../testing/circle-life.ts';
import { freshKey, type Guest } from '../testing/guest.ts';
import { useGame } from '../testing/use-game.ts';
import type { World } from '../world/types.ts';
import { Seats } from './seats.ts';

/** How long people come and go: a few seconds, or as an operator of a long run says. */
const MINUTES = Number(process.env.CHURN_MINUTES ?? 0.25);
/** After each round everybody leaves, and nothing may be left. */
const ROUNDS = Math.max(2, Math.round(MINUTES));
const GUESTS = 16;
const SEED = Number(process.env.CHURN_SEED ?? 1);
/** How long seats are kept: somebody who comes back at once is in time on a slow machine, too. */
const KEPT_SECONDS = 6;
/** A seat is kept, a knock is remembered, and a connection of ours is kept open for another request, this long at most. */
const QUIET_MS = (KEPT_SECONDS + 15) * 1000;
/** What one arrival may leave on the heap at most, in bytes: less than anything that is kept of a person. */
const BYTES_A_VISIT = 512;
/** And what a run may, however short: code that is compiled late, and caches. */
const BYTES_A_RUN = 4 * 1024 * 1024;

// They see what the server makes, and change nothing. Only the first two rooms are held on to, those of the witnesses.
const worlds: World[] = [];
const { observe } = ServerMetrics.prototype;
vi.spyOn(ServerMetrics.prototype, 'observe').mockImplementation(function (this: ServerMetrics, room) {
  if (worlds.length < 2) worlds.push(room.world);
  return observe.call(this, room);
});
const seats = new Set<Seats>();
const { add } = Seats.prototype;
vi.spyOn(Seats.prototype, 'add').mockImplementation(function (this: Seats, ...args) {
  seats.add(this);
  return add.apply(this, args);
});
afterAll(() => vi.restoreAllMocks());

const game = useGame({ MAX_PEOPLE: '12', MAX_COPIES: '3', RECONNECT_SECONDS: String(KEPT_SECONDS) });

/** Everything of a world that holds people, or something of theirs, with how much it holds. */
function holdings(world: World) {
  const { people, bySlot, grouping, poses } = world;
  const all = [...people.values()];
  const index = indexOf(world);
  return {
    people: people.size,
    blocks: all.reduce((sum, person) => sum + person.blocks.size, 0),
    hearing: all.reduce((sum, person) => sum + person.hearing.size + person.heardBy.size, 0),
    circles: grouping.circles.size,
    links: grouping.links.size,
    knocks: grouping.knocks.size,
    letIn: grouping.letIn.size,
    standings: index.standings.size,
    dwells: index.running.length,
    slots: bySlot.filter(Boolean).length,
    takenSlots: poses.used - poses.free.length,
    ids: poses.ids.filter((id) => id > 0).length,
    inCells: poses.count.reduce((sum, count) => sum + count, 0),
    chains: poses.first.filter((slot) => slot >= 0).length,
    departures: poses.departures.size,
    vanished: poses.vanished.length,
  };
}

const NOTHING = {
  blocks: 0,
  hearing: 0,
  circles: 0,
  links: 0,
  knocks: 0,
  letIn: 0,
  dwells: 0,
  departures: 0,
  vanished: 0,
};
const only = (people: number) => {
  const each = { people, standings: people, slots: people, takenSlots: people, ids: people };
  return { ...NOTHING, ...each, inCells: people, chains: people };
};

/** What keeps this process busy, counted by kind. Looked at from within a wait, whose own timers are among it. */
function handles(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

async function quietHandles(): Promise<Record<string, number>> {
  let before: Record<string, number> = {};
  return vi.waitFor(
    () => {
      const now = handles();
      const steady = JSON.stringify(now) === JSON.stringify(before);
      before = now;
      // Twice the same: what the start of the server leaves for a moment is gone.
      expect(steady).toBe(true);
      return now;
    },
    { timeout: QUIET_MS, interval: 200 },
  );
}

function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new Error('this Node does not let us collect garbage');
  for (let i = 0; i < 3; i++) collect();
  return process.memoryUsage().heapUsed;
}

const deeds = new Map<Deed, number>();
const arrivals = () => deeds.get('arrived') ?? 0;
let seeds = SEED * 1000;

async function churn(minutes: number): Promise<void> {
  const end = performance.now() + minutes * 60_000;
  const goesOn = () => performance.now() < end;
  const note = (deed: Deed) => deeds.set(deed, (deeds.get(deed) ?? 0) + 1);
  const guests = Array.from({ length: GUESTS }, (_, nth) => {
    seeds += 1;
    return new ChurningGuest({ url: game.url(), goesOn, note }, nth, freshKey(), seededRandom(seeds));
  });
  await Promise.all(guests.map((guest) => guest.live()));
}

/** Waits until nothing is left in open rooms but one witness in each, and rooms of others are closed. */
async function isQuiet(witnesses: readonly Guest[]): Promise<void> {
  await vi.waitFor(
    async () => {
      expect(await matchMaker.query({ name: WORLD_ROOM })).toHaveLength(2);
      for (const world of worlds) expect(holdings(world)).toEqual(only(1));
      for (const { id, room } of witnesses) {
        expect([...room.state.people.keys()]).toEqual([String(id)]);
        expect(room.state.circles.size).toBe(0);
      }
      expect([...seats].reduce((sum, { count }) => sum + count, 0)).toBe(2);
      expect([...seats].flatMap((one) => one.keptForJoin())).toEqual([]);
    },
    { timeout: QUIET_MS, interval: 200 },
  );
  // What the test itself was told and holds on to.
  for (const { told, poses } of witnesses) {
    told.splice(0, told.length, ...told.filter(({ type }) => type === 'welcome'));
    poses.clear();
  }
  for (const one of seats) if (one.count === 0) seats.delete(one);
  vi.clearAllMocks();
}

it(
  `${MINUTES} minutes of coming and going leave nothing behind`,
  async () => {
    const before = await quietHandles();
    const channels = await matchMaker.presence.channels();
    const listeners = process.eventNames().map((name) => [name, process.listenerCount(name)]);

    const witnesses = [await game.join({ world: 'plaza' }), await game.join({ world: 'beach' })];
    let [heap, arrived] = [0, 0];
    for (let round = 0; round < ROUNDS; round++) {
      await churn(MINUTES / ROUNDS);
      await isQuiet(witnesses);
      // The first one compiles code and fills caches.
      if (round === 0) [heap, arrived] = [heapBytes(), arrivals()];
    }
    const grown = heapBytes() - heap;
    console.log({ grown, visits: arrivals() - arrived });
    expect(grown).toBeLessThan(BYTES_A_RUN + BYTES_A_VISIT * (arrivals() - arrived));

    expect([...deeds.keys()].sort()).toEqual([...DEEDS].sort());
    await Promise.all(witnesses.map((witness) => witness.leave()));
    await vi.waitFor(
      async () => {
        expect(await matchMaker.query({ name: WORLD_ROOM })).toEqual([]);
        expect(await matchMaker.presence.channels()).toEqual(channels);
        expect(handles()).toEqual(before);
      },
      { timeout: QUIET_MS, interval: 200 },
    );
    expect(process.eventNames().map((name) => [name, process.listenerCount(name)])).toEqual(listeners);
  },
  MINUTES * 60_000 + (ROUNDS + 2) * QUIET_MS,
);

game.expectNoErrors();
