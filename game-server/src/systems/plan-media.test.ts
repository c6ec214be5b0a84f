import { describe, expect, it } from 'vitest';
import { only, SmallWorld } from '../testing/small-world.ts';
import type { Command } from '../world/types.ts';
import { MAX_FACES, MAX_PREPARED, MAX_VOICES } from './earshot.ts';
import { MAX_LISTENERS_TOLD } from './plan-media.ts';

/** Everyone's turn to be decided, and to be told, comes within these. */
const TURNS = 8;

function two(): SmallWorld {
  const small = new SmallWorld();
  small.tick(small.join(1, 0, 0), small.join(2, 100, 0));
  return small;
}

/** What 1 receives of 2 while 2 walks to each place in turn. */
function walkThrough(places: number[]) {
  const small = two();
  return places.map((x) => {
    small.put(2, x, 0);
    small.ticks(TURNS);
    const hearing = small.hearing(1, 2);
    return hearing ? `${hearing.audio ? 'hear' : 'ready'} ${hearing.video}` : 'nothing';
  });
}

describe('the media plan', () => {
  it('[PM1] prepares, plays and lets go by nested bands', () => {
    expect(walkThrough([27, 23, 21.9, 16.1, 15.9, 12.1, 11.9])).toEqual([
      'nothing',
      'nothing',
      'ready 0',
      'ready 0',
      'hear 0',
      'hear 0',
      'hear 1',
    ]);
    expect(walkThrough([1, 12.5, 13.6, 16.5, 17.1, 25.9, 26.1])).toEqual([
      'hear 3',
      'hear 1',
      'hear 0',
      'hear 0',
      'ready 0',
      'ready 0',
      'nothing',
    ]);
  });

  it('[PM1] somebody who dances on an edge makes one change, not many', () => {
    const small = two();
    let changes = 0;
    let before = '';
    for (let i = 0; i < 200; i++) {
      small.put(2, 16 + Math.sin(i) * 0.9, 0);
      small.ticks(TURNS);
      const now = String(small.hearing(1, 2)?.audio);
      if (now !== before) changes += 1;
      before = now;
    }
    expect(changes).toBeLessThanOrEqual(2);
  });

  it('[PM2] sharpens faces as they come closer', () => {
    expect(walkThrough([11, 9.1, 8.9, 5.1, 4.9, 5.9, 6.1, 9.9, 10.1])).toEqual(
      [1, 1, 2, 2, 3, 3, 2, 2, 1].map((layer) => `hear ${layer}`),
    );
  });

  it('[PM3] takes the nearest where there are too many, and does not swap those at like distance', () => {
    const small = new SmallWorld();
    const crowd = Array.from({ length: 30 }, (_, i) => small.join(i + 2, 2 + i * 0.2, 0));
    small.tick(small.join(1, 0, 0), ...crowd);
    const heard = () =>
      [...(small.world.people.get(1)?.hearing ?? [])].filter(([, h]) => h.audio).map(([id]) => id);
    const seen = () =>
      [...(small.world.people.get(1)?.hearing ?? [])].filter(([, h]) => h.video > 0).map(([id]) => id);
    expect(heard()).toEqual(Array.from({ length: MAX_VOICES }, (_, i) => i + 2));
    expect(seen()).toEqual(Array.from({ length: MAX_FACES }, (_, i) => i + 2));
    const first = heard();
    // The first one beyond the limit comes a little nearer than the last one within it: not enough to take its place.
    small.put(MAX_VOICES + 2, 2 + (MAX_VOICES - 1) * 0.2 - 0.1, 0);
    small.ticks(TURNS);
    expect(heard()).toEqual(first);
    small.put(MAX_VOICES + 2, 1, 0);
    small.ticks(TURNS);
    expect(heard()).toContain(MAX_VOICES + 2);
    expect(heard()).toHaveLength(MAX_VOICES);
  });

  it('[PM7] prepares the nearest of a crowd alone, and does not swap those at like distance', () => {
    const small = new SmallWorld();
    const crowd = Array.from({ length: 300 }, (_, i) => small.join(i + 2, 1 + i * 0.05, 0));
    const effects = small.tick(small.join(1, 0, 0), ...crowd);
    for (const { listeners } of only(effects, 'wants'))
      for (const { wants } of listeners) expect(wants.length).toBeLessThanOrEqual(MAX_PREPARED);
    const prepared = () => [...(small.world.people.get(1)?.hearing.keys() ?? [])].sort((a, b) => a - b);
    const first = prepared();
    expect(first).toEqual(Array.from({ length: MAX_PREPARED }, (_, i) => i + 2));
    small.put(MAX_PREPARED + 2, 1 + (MAX_PREPARED - 1) * 0.05 - 0.1, 0);
    small.ticks(TURNS);
    expect(prepared()).toEqual(first);
    small.put(MAX_PREPARED + 2, 0.5, 0);
    small.ticks(TURNS);
    expect(prepared()).toContain(MAX_PREPARED + 2);
    expect(prepared()).toHaveLength(MAX_PREPARED);
  });

  it('[PM4] leaves out who has dropped', () => {
    const small = two();
    small.put(2, 3, 0);
    small.ticks(TURNS);
    expect(small.hearing(1, 2)?.audio).toBe(true);
    small.tick({ type: 'drop', id: 2 });
    expect(small.hearing(1, 2)).toBeUndefined();
    expect(small.hearing(2, 1)).toBeUndefined();
    small.tick({ type: 'return', id: 2 });
    small.ticks(TURNS);
    expect(small.hearing(1, 2)?.audio).toBe(true);
  });

  it('[PM5] [PM6] tells changes alone, both directions in one entry', () => {
    const small = two();
    small.put(2, 3, 0);
    const entry = {
      audio: true,
      video: 3,
      screen: 0,
      carry: 'distance',
      heardBy: true,
      seenBy: 3,
      screenSeenBy: 0,
    };
    const told = new Map(only(small.ticks(TURNS), 'plan').map(({ to, entries }) => [to, entries]));
    expect(told.get(1)).toEqual([{ id: 2, ...entry }]);
    expect(told.get(2)).toEqual([{ id: 1, ...entry }]);
    expect(only(small.ticks(20), 'plan')).toEqual([]);
  });

  it('[PM6] tells somebody whom hundreds receive of a few of them alone: who sees them, then the nearest', () => {
    const small = new SmallWorld();
    // They stand around 1, whose microphone is the only one: all receive 1, who receives a few of them.
    const crowd = Array.from({ length: 200 }, (_, i) => {
      const angle = i * 0.7;
      return small.join(i + 2, (3 + i * 0.04) * Math.cos(angle), (3 + i * 0.04) * Math.sin(angle));
    });
    small.tick(small.join(1, 0, 0), ...crowd);
    small.tick({ type: 'devices', id: 1, mic: true, cam: true, screen: false });
    small.ticks(TURNS * 2);
    const me = small.world.people.get(1);
    const onlyHearUs = [...(me?.heardBy ?? [])].filter(([id]) => !me?.hearing.has(id));
    expect(onlyHearUs.length).toBeGreaterThan(MAX_LISTENERS_TOLD);
    const effects = [...small.tick({ type: 'replan' }), ...small.ticks(TURNS)];
    const told = only(effects, 'plan').filter(({ to }) => to === 1);
    const entries = told.at(-1)?.entries ?? [];
    const extra = entries.filter(({ id }) => !me?.hearing.has(id));
    expect(extra).toHaveLength(MAX_LISTENERS_TOLD);
    // Nobody who was left out receives more of us than those who were told.
    const left = [...(me?.heardBy ?? [])].filter(([id]) => !entries.some((entry) => entry.id === id));
    const least = Math.min(...extra.map(({ seenBy }) => seenBy));
    for (const [, { video }] of left) expect(video).toBeLessThanOrEqual(least);
  });

  it('tells the SFU what each listener wants, by session', () => {
    const small = two();
    small.tick(
      ...[1, 2].map((id): Command => ({ type: 'devices', id, mic: true, cam: true, screen: false })),
    );
    small.put(2, 11, 0);
    const told = only(small.ticks(TURNS), 'wants').flatMap(({ listeners }) => listeners);
    const bySession = (a: { session: string }, b: { session: string }) => (a.session < b.session ? -1 : 1);
    expect(told.sort(bySession)).toEqual([
      { session: '1.1', wants: [{ from: '2.1', audio: true, video: 1, screen: 0 }] },
      { session: '2.1', wants: [{ from: '1.1', audio: true, video: 1, screen: 0 }] },
    ]);
  });

  it('[PM10] lets nothing through of who says that they send nothing, from the very tick on', () => {
    const small = two();
    small.put(2, 3, 0);
    small.ticks(TURNS);
    const told = (mic: boolean, cam: boolean) =>
      only(small.tick({ type: 'devices', id: 2, mic, cam, screen: false }), 'wants')
        .flatMap(({ listeners }) => listeners)
        .find(({ session }) => session === '1.1')?.wants;
    expect(told(true, false)).toEqual([{ from: '2.1', audio: true, video: 0, screen: 0 }]);
    expect(told(true, true)).toEqual([{ from: '2.1', audio: true, video: 3, screen: 0 }]);
    expect(told(false, true)).toEqual([{ from: '2.1', audio: false, video: 3, screen: 0 }]);
    expect(told(false, true)).toBeUndefined();
    const gone = only(small.tick({ type: 'drop', id: 2 }), 'wants').flatMap(({ listeners }) => listeners);
    expect(gone.find(({ session }) => session === '1.1')?.wants).toEqual([]);
  });
});
