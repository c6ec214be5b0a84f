import { decodeFrame } from '@chatmux/schema';
import { describe, expect, it } from 'vitest';
import { only, SmallWorld } from '../testing/small-world.ts';
import type { Effect } from '../world/types.ts';

/** What a client knows after the frames it got: a receiver as POSES.md asks for, kept as simple as can be. */
class Receiver {
  readonly known = new Map<number, { x: number; cell: number }>();
  readonly id: number;
  frames = 0;

  constructor(id: number) {
    this.id = id;
  }

  take(effects: readonly Effect[]): void {
    for (const { to, frame } of only(effects, 'poses')) {
      if (to !== this.id) continue;
      this.frames += 1;
      const { sections } = decodeFrame(frame);
      for (const { cell, poses } of sections) for (const { id, x } of poses) this.known.set(id, { x, cell });
      for (const { cell, gone, full, dropped, poses } of sections) {
        for (const id of gone) if (this.known.get(id)?.cell === cell) this.known.delete(id);
        if (!full && !dropped) continue;
        for (const [id, known] of this.known)
          if (known.cell === cell && !poses.some((pose) => pose.id === id)) this.known.delete(id);
      }
    }
  }

  others(): number[] {
    return [...this.known.keys()].filter((id) => id !== this.id).sort((a, b) => a - b);
  }
}

describe('pose frames of a world', () => {
  it('[PP1] [PP3] show who is within reach, and forget who is not', () => {
    const small = new SmallWorld();
    const one = new Receiver(1);
    one.take(small.tick(small.join(1, 0, 0), small.join(2, 20, 0), small.join(3, 150, 0)));
    expect(one.others()).toEqual([2]);
    small.put(1, 140, 0);
    one.take(small.tick());
    expect(one.others()).toEqual([3]);
    small.put(1, 0, 0);
    one.take(small.tick());
    expect(one.others()).toEqual([2]);
  });

  it('[PP2] are silent while nobody moves, and tell a stop once', () => {
    const small = new SmallWorld();
    const one = new Receiver(1);
    one.take(small.tick(small.join(1, 0, 0), small.join(2, 5, 0)));
    one.take(small.ticks(3));
    const { frames } = one;
    one.take(small.ticks(50));
    expect(one.frames).toBe(frames);
    small.put(2, 6, 0);
    one.take(small.ticks(20));
    expect(one.known.get(2)?.x).toBeCloseTo(6, 5);
    expect(one.frames).toBe(frames + 2);
  });

  it('[PP4] name who leaves a cell for another, for another beyond sight, or for good', () => {
    const small = new SmallWorld();
    const one = new Receiver(1);
    one.take(
      small.tick(small.join(1, 10, 10), small.join(2, 11, 10), small.join(3, 12, 10), small.join(4, 13, 10)),
    );
    small.put(2, 40, 10);
    small.put(3, 300, 10);
    one.take(small.tick({ type: 'leave', id: 4 }));
    expect(one.others()).toEqual([2]);
    expect(one.known.get(2)?.x).toBeCloseTo(40, 5);
  });

  it('[PP5] encode a cell once for all who watch it', () => {
    const small = new SmallWorld();
    const ids = Array.from({ length: 20 }, (_, i) => i + 1);
    small.tick(...ids.map((id) => small.join(id, id * 0.5, 5)));
    small.ticks(3);
    small.put(1, 1, 6);
    const frames = only(small.tick(), 'poses').map((effect) => effect.frame);
    expect(frames).toHaveLength(20);
    expect(new Set(frames).size).toBe(1);
  });

  it('agree with the truth after any walk of many people', () => {
    let seed = 12345;
    const random = () => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed / 2147483648;
    };
    const small = new SmallWorld();
    const ids = Array.from({ length: 40 }, (_, i) => i + 1);
    const receivers = ids.map((id) => new Receiver(id));
    const first = small.tick(
      ...ids.map((id) => small.join(id, (random() - 0.5) * 200, (random() - 0.5) * 200)),
    );
    for (const receiver of receivers) receiver.take(first);
    for (let round = 0; round < 100; round++) {
      for (const id of ids) if (random() < 0.5) small.put(id, (random() - 0.5) * 200, (random() - 0.5) * 200);
      const effects = small.tick();
      for (const receiver of receivers) {
        receiver.take(effects);
        const watching = small.world.people.get(receiver.id)?.watching ?? new Set();
        const truth = ids.filter(
          (id) => id !== receiver.id && watching.has(small.world.people.get(id)?.cell ?? -1),
        );
        expect(receiver.others(), `seed 12345, round ${round}, person ${receiver.id}`).toEqual(truth);
      }
    }
  });
});
