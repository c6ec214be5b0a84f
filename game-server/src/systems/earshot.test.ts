import type { Want, WorldZone } from '@chatmux/schema';
import { describe, expect, it } from 'vitest';
import { EarshotLife } from '../testing/earshot-life.ts';
import { only, SmallWorld } from '../testing/small-world.ts';
import type { Command, Effect } from '../world/types.ts';
import { carryBetween, MAX_FACES, MAX_PREPARED, MAX_VOICES } from './earshot.ts';

/** Everyone's turn to be decided, and to be told, comes within these. */
const TURNS = 8;
/** For tests of many ticks, on a machine that does other things too. */
const SLOW_MS = 60_000;
const box = (id: string, x: number, z: number, width: number) =>
  ({ id, name: id, shape: 'box', x, z, turn: 0, width, depth: width }) as const;
const ROOM: WorldZone = { ...box('room', 0, 0, 20), kind: 'room' };
const HALL: WorldZone = { ...box('hall', 0, 0, 100), kind: 'hall' };
const STAGE: WorldZone = { ...box('stage', 0, -40, 10), kind: 'stage', hall: 'hall' };
const CORNER: WorldZone = { ...box('corner', 0, 0, 10), kind: 'quiet' };

const devices = (id: number, mic: boolean, cam: boolean): Command => ({
  type: 'devices',
  id,
  mic,
  cam,
  screen: false,
});
const speaks = (id: number, on: boolean): Command => ({ type: 'speaking', id, on });
const ids = (count: number, first = 2) => Array.from({ length: count }, (_, i) => i + first);

function receivedBy(small: SmallWorld, listener: number) {
  const hearing = [...(small.world.people.get(listener)?.hearing ?? [])].sort(([a], [b]) => a - b);
  return {
    voices: hearing.filter(([, { audio }]) => audio).map(([id]) => id),
    faces: hearing.filter(([, { video }]) => video > 0).map(([id]) => id),
    prepared: hearing.map(([id]) => id),
  };
}

interface Passing {
  what: string;
  zones?: WorldZone[];
  /** Where 1, 2 and 3 stand; 1 and 3 are to be parted. */
  at: [number, number, number];
  act: (small: SmallWorld) => Command[];
}

const PASSINGS: Passing[] = [
  { what: '[ES1] who drops', at: [0, 5, 3], act: () => [{ type: 'drop', id: 1 }] },
  {
    what: '[ES1] who is busy',
    at: [0, 5, 3],
    act: () => [{ type: 'status', id: 1, deaf: false, busy: true }],
  },
  {
    what: '[ES7] who is the same as another',
    at: [0, 5, 3],
    act: () => [1, 3].map((id) => ({ type: 'identify', id, identity: 'ann' })),
  },
  { what: '[ES2] who blocks', at: [0, 5, 3], act: () => [{ type: 'block', id: 1, other: 3, on: true }] },
  { what: '[ES2] who is blocked', at: [0, 5, 3], act: () => [{ type: 'block', id: 3, other: 1, on: true }] },
  {
    what: '[ES3] who locks their circle',
    at: [0, 2, -3],
    act: () => [{ type: 'circle', id: 1, ask: { do: 'lock' } }],
  },
  {
    what: '[ES3] whose circle is locked',
    at: [0, 2, -3],
    act: () => [{ type: 'circle', id: 2, ask: { do: 'lock' } }],
  },
  {
    what: '[ES3] who goes out of a room',
    zones: [ROOM],
    at: [9, 0, 9.5],
    act: (small) => put(small, 1, 10.5),
  },
  {
    what: '[ES3] who comes into a room',
    zones: [ROOM],
    at: [11, 0, 11.5],
    act: (small) => put(small, 1, 9.9),
  },
];

function put(small: SmallWorld, id: number, x: number): Command[] {
  small.put(id, x, 0);
  return [];
}

/** What the media server goes by once it took the effects of a tick. */
function takeWants(wants: Map<string, Want[]>, effects: readonly Effect[]): void {
  for (const { listeners } of only(effects, 'wants'))
    for (const { session, wants: now } of listeners) wants.set(session, now);
}

describe('what closes people off holds in the very tick, both ways', () => {
  for (const { what, zones, at, act } of PASSINGS)
    it(what, () => {
      // Whosever turn it would be.
      for (let extra = 0; extra < TURNS; extra++) {
        const small = new SmallWorld(zones);
        const wants = new Map<string, Want[]>();
        takeWants(wants, small.tick(...at.map((x, i) => small.join(i + 1, x, 0))));
        takeWants(wants, small.ticks(40 + extra));
        const wanted = () =>
          [wants.get('1.1'), wants.get('3.1')].map((list) => list?.map(({ from }) => from) ?? []);
        expect(small.hearing(1, 3)?.audio).toBe(true);
        expect(small.hearing(3, 1)?.audio).toBe(true);
        expect(wanted()).toEqual([expect.arrayContaining(['3.1']), expect.arrayContaining(['1.1'])]);
        const effects = small.tick(...act(small));
        takeWants(wants, effects);
        expect(small.hearing(1, 3)).toBeUndefined();
        expect(small.hearing(3, 1)).toBeUndefined();
        const [ours, theirs] = wanted();
        expect(ours).not.toContain('3.1');
        expect(theirs).not.toContain('1.1');
        const told = new Map(
          only(effects, 'plan').map(({ to, entries }) => [to, entries.map(({ id }) => id)]),
        );
        expect(told.get(3)).not.toContain(1);
        if (small.world.people.get(1)?.here) expect(told.get(1)).not.toContain(3);
      }
    });
  it('[ES1] who leaves, and somebody else who comes under the same id at once', () => {
    const small = new SmallWorld();
    const wants = new Map<string, Want[]>();
    takeWants(wants, small.tick(small.join(1, 0, 0), small.join(2, 3, 0)));
    expect(wants.get('2.1')).toEqual([{ from: '1.1', audio: false, video: 0, screen: 0 }]);
    const other: Command = {
      type: 'join',
      id: 1,
      session: '1.2',
      name: 'Other',
      colour: 0,
      at: { x: 90, z: 0, yaw: 0 },
    };
    takeWants(wants, small.tick({ type: 'leave', id: 1 }, other));
    expect(wants.get('2.1')).toEqual([]);
    expect(small.world.people.get(1)?.heardBy.size).toBe(0);
    expect(small.world.people.get(2)?.heardBy.size).toBe(0);
  });
});

describe('earshot', () => {
  it('[ES1–ES6] is symmetric but for stages', { timeout: SLOW_MS }, () => {
    let [pairs, stages] = [0, 0];
    for (let seed = 0; seed < 150; seed++) {
      const life = new EarshotLife(seed);
      for (let tick = 1; tick < life.length; tick++) life.tick();
      const { world } = life;
      for (const one of world.people.values())
        for (const two of world.people.values()) {
          const carry = carryBetween(world, one, two);
          const back = carryBetween(world, two, one);
          pairs += 1;
          if (carry === back) continue;
          stages += 1;
          const [listener, speaker] = carry === 'whole' ? [one, two] : [two, one];
          expect([carry, back]).toContain('whole');
          if (speaker.megaphone) continue;
          expect([carry, back]).not.toContain(undefined);
          expect(world.zones.hallOf[speaker.zones.stage]).toBe(listener.zones.hall);
        }
    }
    expect(pairs).toBeGreaterThan(10_000);
    expect(stages).toBeGreaterThan(10);
  });
  it('[ES4] a stage is heard and seen in its whole hall, and hears by distance', () => {
    const small = new SmallWorld([HALL, STAGE]);
    small.tick(small.join(1, 0, -40), small.join(2, 0, 45), small.join(3, 0, 60));
    expect(small.hearing(2, 1)).toEqual({ audio: true, video: 2, screen: 0, carry: 'whole' });
    expect(small.hearing(1, 2)).toBeUndefined();
    expect(small.hearing(3, 1)).toBeUndefined();
  });
  it('[ES6] a megaphone is heard by the whole world and through walls, by no locked circle', () => {
    const small = new SmallWorld([{ ...STAGE, megaphone: true }, { ...ROOM, x: 60 }, HALL]);
    const people = [small.join(1, 0, -40), small.join(2, 60, 0), small.join(3, -90, 90)];
    small.tick(...people, small.join(4, -60, 60), small.join(5, -61, 60));
    for (const id of [2, 3, 4, 5])
      expect(small.hearing(id, 1)).toEqual({ audio: true, video: 2, screen: 0, carry: 'whole' });
    expect(small.hearing(1, 2)).toBeUndefined();
    small.ticks(40);
    small.tick({ type: 'circle', id: 4, ask: { do: 'lock' } });
    expect([2, 3, 4, 5].map((id) => small.hearing(id, 1)?.audio)).toEqual([true, true, undefined, undefined]);
  });
  it('[ES6] four at once, those whose microphone is on first; who has it keeps it', () => {
    const small = new SmallWorld([{ ...STAGE, megaphone: true }, HALL]);
    const speakers = ids(6, 1);
    small.tick(small.join(99, 90, 90), ...speakers.map((id) => small.join(id, id * 0.5, -40)));
    const loud = () => receivedBy(small, 99).voices;
    const settle = (...commands: Command[]) => {
      small.tick(...commands);
      small.ticks(TURNS);
    };
    settle();
    expect(loud()).toEqual([1, 2, 3, 4]);
    settle(devices(6, true, false), devices(5, true, false));
    expect(loud()).toEqual([1, 2, 5, 6]);
    settle(...[1, 2, 3, 4].map((id) => devices(id, true, false)));
    expect(loud()).toEqual([1, 2, 5, 6]);
    settle({ type: 'leave', id: 5 });
    expect(loud()).toEqual([1, 2, 3, 6]);
  });
  it('[ES5] voices carry 5 m in a quiet corner, from both sides of its edge', () => {
    const small = new SmallWorld([CORNER]);
    small.tick(small.join(1, 4.5, 0), small.join(2, 9.4, 0), small.join(3, -0.6, 0), small.join(4, 10, 0));
    expect(receivedBy(small, 1).voices).toEqual([2]);
    expect(receivedBy(small, 2).voices).toEqual([1, 4]);
    small.put(3, -0.4, 0);
    small.ticks(TURNS);
    expect(receivedBy(small, 1).voices).toEqual([2, 3]);
  });
  it('[ES5] who is deaf sees, and is heard', () => {
    const small = new SmallWorld();
    small.tick(small.join(1, 0, 0), small.join(2, 3, 0), { type: 'status', id: 1, deaf: true, busy: false });
    expect(small.hearing(1, 2)).toEqual({ audio: false, video: 3, screen: 0, carry: 'distance' });
    expect(small.hearing(2, 1)?.audio).toBe(true);
  });
});

describe('[PM9] shared screens', () => {
  const share = (id: number, screen: boolean): Command => ({
    type: 'devices',
    id,
    mic: false,
    cam: false,
    screen,
  });
  const shownTo = (small: SmallWorld, listener: number) =>
    [...(small.world.people.get(listener)?.hearing ?? [])]
      .filter(([, { screen }]) => screen > 0)
      .map(([id]) => id)
      .sort((a, b) => a - b);

  it('are shown from 16 m and end at 18 m, while they are shared', () => {
    const small = new SmallWorld();
    small.tick(small.join(1, 0, 0), small.join(2, 16.1, 0), share(2, true));
    const at = (x: number) => {
      small.put(2, x, 0);
      small.ticks(TURNS);
      return small.hearing(1, 2)?.screen;
    };
    expect([at(16.1), at(15.9), at(17.9), at(18.1), at(17.9)]).toEqual([0, 2, 2, 0, 0]);
    expect(at(5)).toBe(2);
    small.tick(share(2, false));
    small.ticks(TURNS);
    expect(small.hearing(1, 2)?.screen).toBe(0);
    expect(small.hearing(2, 1)?.screen).toBe(0);
  });
  it('are told both ways, and to the media server', () => {
    const small = new SmallWorld();
    small.tick(small.join(1, 0, 0), small.join(2, 3, 0));
    small.ticks(TURNS);
    const effects = [...small.tick(share(2, true)), ...small.ticks(TURNS)];
    const told = new Map(only(effects, 'plan').map(({ to, entries }) => [to, entries[0]]));
    expect(told.get(1)).toMatchObject({ id: 2, screen: 2, screenSeenBy: 0 });
    expect(told.get(2)).toMatchObject({ id: 1, screen: 0, screenSeenBy: 2 });
    const wants = new Map<string, Want[]>();
    takeWants(wants, effects);
    expect(wants.get('1.1')).toEqual([{ from: '2.1', audio: false, video: 0, screen: 2 }]);
  });
  it('are at most four, the nearest; those at like distance don’t take turns', () => {
    const small = new SmallWorld();
    const sharers = ids(6);
    small.tick(small.join(1, 0, 0), ...sharers.map((id) => small.join(id, id, 0)));
    small.tick(...sharers.map((id) => share(id, true)));
    small.ticks(TURNS);
    expect(shownTo(small, 1)).toEqual([2, 3, 4, 5]);
    small.put(6, 4.5, 0);
    small.ticks(TURNS);
    expect(shownTo(small, 1)).toEqual([2, 3, 4, 5]);
    small.put(6, 4.2, 0);
    small.ticks(TURNS);
    expect(shownTo(small, 1)).toEqual([2, 3, 4, 6]);
  });
  it('are whole in a room and from a stage', () => {
    const room = new SmallWorld([{ ...ROOM, width: 90, depth: 90 }]);
    room.tick(room.join(1, -40, 0), room.join(2, 40, 0), share(2, true));
    room.ticks(TURNS);
    expect(room.hearing(1, 2)?.screen).toBe(2);
    const hall = new SmallWorld([HALL, STAGE]);
    hall.tick(hall.join(1, 0, 45), hall.join(2, 0, -40), share(2, true));
    hall.ticks(TURNS);
    expect(hall.hearing(1, 2)?.screen).toBe(2);
  });
  it('are not shown to who blocks or is blocked, and not through walls', () => {
    const small = new SmallWorld([ROOM]);
    small.tick(
      small.join(1, 9, 0),
      small.join(2, 11, 0),
      small.join(3, 8, 0),
      share(2, true),
      share(3, true),
    );
    small.ticks(TURNS);
    expect(shownTo(small, 1)).toEqual([3]);
    small.tick({ type: 'block', id: 3, other: 1, on: true });
    expect(shownTo(small, 1)).toEqual([]);
  });
  it('are seen without sound by who is deaf, from that very tick', () => {
    const small = new SmallWorld();
    small.tick(small.join(1, 0, 0), small.join(2, 3, 0), share(2, true));
    small.ticks(TURNS);
    small.tick({ type: 'status', id: 1, deaf: true, busy: false });
    expect(small.hearing(1, 2)).toEqual({ audio: false, video: 3, screen: 1, carry: 'distance' });
  });
  it('[AC3] end when their owner drops', () => {
    const small = new SmallWorld();
    small.tick(small.join(1, 0, 0), small.join(2, 3, 0), share(2, true));
    small.tick({ type: 'drop', id: 2 });
    small.tick({ type: 'return', id: 2 });
    small.ticks(TURNS);
    expect(small.world.people.get(2)?.screen).toBe(false);
    expect(small.hearing(1, 2)?.screen).toBe(0);
  });
});

describe('who has a place in a crowd', () => {
  it('[PM3] [PM7] never more than fit, whoever speaks', { timeout: SLOW_MS }, () => {
    const small = new SmallWorld([ROOM]);
    const all = ids(90, 1);
    small.tick(...all.map((id) => small.join(id, (id % 10) - 5, Math.floor(id / 10) - 5)));
    for (let tick = 0; tick < 40; tick++) {
      const some = all.filter((id) => (id * 7 + tick * 13) % 11 === 0);
      small.tick(...some.flatMap((id) => [devices(id, true, id % 2 === 0), speaks(id, tick % 3 > 0)]));
      for (const id of all) {
        const { voices, faces, prepared } = receivedBy(small, id);
        expect([voices.length, faces.length, prepared.length]).toEqual([MAX_VOICES, MAX_FACES, MAX_PREPARED]);
      }
    }
  });
  it('[PM3] who speaks takes a silent one’s place, and keeps it for three seconds', () => {
    const small = new SmallWorld();
    const crowd = ids(MAX_VOICES);
    const last = MAX_VOICES + 2;
    small.tick(
      small.join(1, 0, 0),
      ...crowd.map((id) => small.join(id, 1 + id * 0.3, 0)),
      small.join(last, 14, 0),
    );
    small.tick(...crowd.map((id) => devices(id, true, false)), devices(last, true, false));
    expect(receivedBy(small, 1).voices).toEqual(crowd);
    small.tick(speaks(last, true));
    small.ticks(TURNS);
    expect(receivedBy(small, 1).voices).toEqual([...crowd.slice(0, -1), last]);
    // So that it is 1's turn in the last tick that counts as speaking.
    while (small.world.tick % 4 !== 2) small.tick();
    small.tick(speaks(last, false));
    small.ticks(60);
    expect(receivedBy(small, 1).voices).toEqual([...crowd.slice(0, -1), last]);
    small.ticks(4);
    expect(receivedBy(small, 1).voices).toEqual(crowd);
  });
  it('[PM3] those at like distance don’t take turns', { timeout: SLOW_MS }, () => {
    const small = new SmallWorld();
    small.tick(small.join(1, 0, 0), ...ids(MAX_VOICES + 4).map((id) => small.join(id, 10, id * 0.01)));
    let changes = 0;
    let before = receivedBy(small, 1);
    for (let tick = 0; tick < 200; tick++) {
      for (const id of ids(MAX_VOICES + 4)) small.put(id, 10 + Math.sin(tick + id * 5) * 0.7, id * 0.01);
      small.tick();
      const now = receivedBy(small, 1);
      if (String(now.voices) !== String(before.voices) || String(now.faces) !== String(before.faces))
        changes += 1;
      before = now;
    }
    expect(changes).toBe(0);
  });
  it('[PM7] whoever is heard or seen is prepared, however many speak beyond', () => {
    const small = new SmallWorld();
    const far = ids(MAX_PREPARED + 8, 10);
    const ring = far.map((id) => small.join(id, Math.sin(id) * 20, Math.cos(id) * 20));
    small.tick(small.join(1, 0, 0), small.join(2, 2, 0), ...ring);
    small.tick(devices(2, false, true), ...far.flatMap((id) => [devices(id, true, false), speaks(id, true)]));
    small.ticks(TURNS);
    expect(small.hearing(1, 2)).toEqual({ audio: true, video: 3, screen: 0, carry: 'distance' });
    expect(receivedBy(small, 1).prepared).toHaveLength(MAX_PREPARED);
  });
  it('[PM3] a stage counts as nearest in its hall', () => {
    const small = new SmallWorld([HALL, STAGE]);
    const crowd = ids(MAX_VOICES + 20);
    small.tick(
      small.join(1, 0, 30),
      ...crowd.map((id) => small.join(id, id * 0.2, 31)),
      small.join(99, 0, -40),
    );
    small.tick(...[...crowd, 99].flatMap((id) => [devices(id, true, true), speaks(id, true)]));
    small.ticks(TURNS);
    expect(small.hearing(1, 99)).toEqual({ audio: true, video: 2, screen: 0, carry: 'whole' });
  });
  it('[PM2] a face is as sharp in a quiet corner as anywhere', () => {
    const small = new SmallWorld([CORNER]);
    small.tick(small.join(1, 0, 0), small.join(2, 3, 0));
    expect(small.hearing(1, 2)).toEqual({ audio: true, video: 3, screen: 0, carry: 'quiet' });
  });
});
