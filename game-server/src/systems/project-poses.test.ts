import { cellOf, ringLog } from '@chatmux/engine';
import { decodeFrame, POSE_HEADROOM, quantisedPose } from '@chatmux/schema';
import { describe, expect, it } from 'vitest';
import { PoseReceiver } from '../testing/pose-receiver.ts';
import { only, SmallWorld } from '../testing/small-world.ts';
import { NEAREST, NEXT } from './project-crowd.ts';

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
}

/** Who is in the watched cells of a person, and where they are told to be. */
function truthFor(small: SmallWorld, id: number) {
  const anchor = small.world.people.get(id)?.watcher.anchor ?? -1;
  const truth = new Map<number, { x: number; z: number }>();
  for (const other of small.world.people.values()) {
    const { x, z } = quantisedPose({ id: other.id, ...other.mover.shown });
    if (other.id !== id && ringLog(anchor, cellOf(x, z)) >= 0) truth.set(other.id, { x, z });
  }
  return truth;
}

const sorted = (map: ReadonlyMap<number, unknown>) => [...map].sort(([a], [b]) => a - b);

describe('pose frames of a world', () => {
  it('[PP1] [PP3] show who is within reach, and forget who is not', () => {
    const small = new SmallWorld();
    const one = new PoseReceiver(1);
    one.take(small.tick(small.join(1, 0, 0), small.join(2, 20, 0), small.join(3, 150, 0)));
    expect(one.others()).toEqual([2]);
    small.put(1, 140, 0);
    one.take(small.tick());
    expect(one.others()).toEqual([3]);
    small.put(1, 0, 0);
    one.take(small.tick());
    expect(one.others()).toEqual([2]);
  });

  it('[PP1] tell near cells each tick, farther ones every second and every fourth', () => {
    const small = new SmallWorld();
    const one = new PoseReceiver(1);
    one.take(
      small.tick(small.join(1, 4, 4), small.join(2, 14, 8), small.join(3, 30, 8), small.join(4, 41, 8)),
    );
    one.take(small.ticks(4));
    const counts = new Map<number, number>();
    for (let i = 1; i <= 40; i++) {
      for (const [id, x] of [
        [2, 14],
        [3, 30],
        [4, 41],
      ] as const)
        small.put(id, x, 8 + (i % 2));
      for (const { to, frame } of only(small.tick(), 'poses'))
        if (to === 1)
          for (const { window, poses } of decodeFrame(frame).groups)
            for (const { id } of poses) {
              expect(window, `window of ${id}`).toBe({ 2: 1, 3: 2, 4: 4 }[id]);
              counts.set(id, (counts.get(id) ?? 0) + 1);
            }
    }
    expect(sorted(counts)).toEqual([
      [2, 40],
      [3, 20],
      [4, 10],
    ]);
  });

  it('[PP2] are silent while nobody moves, and tell a stop once', () => {
    const small = new SmallWorld();
    const one = new PoseReceiver(1);
    one.take(small.tick(small.join(1, 0, 0), small.join(2, 5, 0)));
    one.take(small.ticks(8));
    const { frames } = one;
    one.take(small.ticks(50));
    expect(one.frames).toBe(frames);
    small.put(2, 6, 0);
    one.take(small.ticks(20));
    expect(one.known.get(2)?.x).toBeCloseTo(6, 5);
    expect(one.frames).toBe(frames + 2);
  });

  it('[PP4] name who leaves for where they are not seen, or for good, and not who stays in sight', () => {
    const small = new SmallWorld();
    const one = new PoseReceiver(1);
    one.take(
      small.tick(small.join(1, 10, 10), small.join(2, 11, 10), small.join(3, 12, 10), small.join(4, 13, 10)),
    );
    small.put(2, 40, 10);
    small.put(3, 300, 10);
    one.take(small.tick({ type: 'leave', id: 4 }));
    expect(one.others()).toEqual([2]);
    one.take(small.ticks(2));
    expect(one.known.get(2)?.x).toBeCloseTo(40, 5);
  });

  it('[PP5] leave room for a header, and are each in bytes of their own', () => {
    const small = new SmallWorld();
    const frames = only(small.tick(small.join(1, 0, 0), small.join(2, 5, 0)), 'poses');
    expect(frames).toHaveLength(2);
    const before = frames.map(({ frame }) => frame.slice());
    for (const { frame } of frames) {
      expect(frame.byteOffset).toBeGreaterThanOrEqual(POSE_HEADROOM);
      new Uint8Array(frame.buffer, frame.byteOffset - POSE_HEADROOM, POSE_HEADROOM).fill(0xff);
    }
    small.ticks(300);
    expect(frames.map(({ frame }) => frame.slice())).toEqual(before);
  });

  it('[PP6] wait while a line is full, and then tell everything, acknowledgements too', () => {
    const small = new SmallWorld();
    const one = new PoseReceiver(1);
    one.take(small.tick(small.join(1, 0, 0), small.join(2, 5, 0)));
    small.tick({ type: 'line', id: 1, full: true });
    small.put(2, 7, 0);
    const input = { seq: 1, step: 5, gait: 0, heading: 0 } as const;
    const waiting = [...small.tick(small.input(1, input)), ...small.ticks(20)];
    expect(only(waiting, 'poses').filter(({ to }) => to === 1)).toEqual([]);
    const effects = small.tick({ type: 'line', id: 1, full: false });
    const [frame] = only(effects, 'poses').filter(({ to }) => to === 1);
    expect(frame && decodeFrame(frame.frame)).toMatchObject({ whole: true, self: { seq: 1 } });
    one.take(effects);
    expect(one.known.get(2)?.x).toBeCloseTo(7, 5);
  });

  for (const [what, people, side, seeds] of [
    ['a wide field', 40, 200, 10],
    ['a crowd that gathers and scatters', 130, 40, 1],
  ] as const)
    it(`agree with the truth after any walk of many people: ${what}`, { timeout: 60_000 }, () => {
      for (let seed = 1; seed <= seeds; seed++) {
        const random = seeded(seed);
        const small = new SmallWorld();
        const ids = Array.from({ length: people }, (_, i) => i + 1);
        const receivers = ids.map((id) => new PoseReceiver(id));
        const take = (effects: ReturnType<SmallWorld['tick']>) => {
          for (const receiver of receivers) receiver.take(effects);
        };
        let spread: number = side;
        const place = () => (random() - 0.5) * spread;
        take(small.tick(...ids.map((id) => small.join(id, place(), place()))));
        for (let round = 0; round < 8; round++) {
          spread = round % 4 === 3 ? side * 6 : side;
          for (let i = 0; i < 10; i++) {
            for (const id of ids)
              if (small.world.people.has(id) && random() < 0.3) small.put(id, place(), place());
            const someone = ids[Math.floor(random() * ids.length)] ?? 1;
            const isIn = small.world.people.has(someone);
            take(small.tick(isIn ? { type: 'leave', id: someone } : small.join(someone, place(), place())));
          }
          // The slowest of a crowd is told within 64 ticks, attention is given out anew within 8.
          take(small.ticks(80));
          for (const receiver of receivers) {
            const { id } = receiver;
            if (!small.world.people.has(id)) {
              receiver.known.clear();
              continue;
            }
            expect(sorted(receiver.known), `seed ${seed}, round ${round}, person ${id}`).toEqual(
              sorted(truthFor(small, id)),
            );
          }
        }
      }
    });

  it('[PC1] [PC2] limit what one client is told of a crowd, the nearest at full rate', {
    timeout: 60_000,
  }, () => {
    const told = (people: number) => {
      const random = seeded(7);
      const small = new SmallWorld();
      const ids = Array.from({ length: people }, (_, i) => i + 1);
      small.tick(...ids.map((id) => small.join(id, 1 + random() * 14, 1 + random() * 14)));
      small.ticks(20);
      const nearest = new Map<number, number>();
      let poses = 0;
      for (let tick = 0; tick < 64; tick++) {
        for (const id of ids) {
          const { x, z } = small.world.people.get(id)?.mover.shown ?? { x: 0, z: 0 };
          small.put(id, x, z + (tick % 2 ? 0.05 : -0.05));
        }
        for (const { to, frame } of only(small.tick(), 'poses'))
          if (to === 1)
            for (const { poses: some } of decodeFrame(frame).groups)
              for (const { id } of some) {
                poses += 1;
                nearest.set(id, (nearest.get(id) ?? 0) + 1);
              }
      }
      const me = small.world.people.get(1)?.mover.shown ?? { x: 0, z: 0 };
      const distance = (id: number) => {
        const at = small.world.people.get(id)?.mover.shown ?? { x: 0, z: 0 };
        return Math.hypot(at.x - me.x, at.z - me.z);
      };
      const byDistance = ids.filter((id) => id !== 1).sort((a, b) => distance(a) - distance(b));
      return { perTick: poses / 64, rates: byDistance.map((id) => (nearest.get(id) ?? 0) / 64) };
    };
    const few = told(100);
    const many = told(400);
    expect(many.perTick / few.perTick).toBeLessThanOrEqual(1.5);
    // Ranks go by steps of 16 cm: those on the border between two classes may be in either.
    expect(Math.min(...many.rates.slice(0, NEAREST - 6))).toBeGreaterThan(0.9);
    expect(Math.min(...many.rates.slice(0, NEAREST + NEXT - 10))).toBeGreaterThanOrEqual(0.25);
    expect(Math.min(...many.rates)).toBeGreaterThan(0);
  });
});
