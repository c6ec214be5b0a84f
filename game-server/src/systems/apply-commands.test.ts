import { describe, expect, it } from 'vitest';
import { acksOf, only, SmallWorld } from '../testing/small-world.ts';
import { applyCommands } from './apply-commands.ts';

const input = (seq: number, step: number, gait: 0 | 1 | 2 = 1) => ({ seq, step, gait, heading: 0 });

describe('commands', () => {
  it('[AC1] are done in the order they came', () => {
    const small = new SmallWorld();
    small.tick(
      small.join(1, 0, 0),
      { type: 'devices', id: 1, mic: true, cam: false, screen: false },
      { type: 'leave', id: 1 },
    );
    expect(small.world.people.size).toBe(0);
  });

  it('[AC2] that cannot be done are answered, and the rest goes on', () => {
    const small = new SmallWorld();
    small.tick(small.join(1, 0, 0));
    const effects = small.tick(
      small.input(1, input(2, 5)),
      small.input(1, input(1, 6)),
      small.input(99, input(1, 1)),
      { type: 'devices', id: 1, mic: true, cam: true, screen: false },
    );
    expect(only(effects, 'problem')).toMatchObject([{ to: 1, problem: { code: 'stale', about: 'input' } }]);
    expect(small.world.people.get(1)?.mic).toBe(true);
  });

  it('[PM8] of devices and blocks make nobody else decide anew at once, and the same again says nothing', () => {
    const small = new SmallWorld();
    const { world } = small;
    const ids = [1, 2, 3, 4, 5];
    small.tick(...ids.map((id) => small.join(id, id, 0)));
    small.ticks(16);
    world.changed.clear();
    const stale = () => ids.filter((id) => world.people.get(id)?.planStale);
    applyCommands(world, [{ type: 'devices', id: 1, mic: true, cam: true, screen: false }], []);
    expect([stale(), [...world.changed]]).toEqual([[], [1]]);
    world.changed.clear();
    applyCommands(world, [{ type: 'devices', id: 1, mic: true, cam: true, screen: false }], []);
    applyCommands(world, [{ type: 'status', id: 1, deaf: false, busy: false }], []);
    expect([stale(), [...world.changed]]).toEqual([[], []]);
    applyCommands(world, [{ type: 'block', id: 1, other: 4, on: true }], []);
    expect(stale()).toEqual([1, 4]);
    small.tick();
    applyCommands(world, [{ type: 'status', id: 1, deaf: false, busy: true }], []);
    expect(stale()).toEqual([1, 2, 3, 5]);
  });

  it('[MP2] of movement are acknowledged in the same tick, with the pose at their step', () => {
    const small = new SmallWorld();
    const first = small.tick(small.join(1, 3, 4));
    expect(acksOf(first, 1)).toMatchObject([{ seq: -1, x: 3, z: 4, cut: true }]);
    small.tick(small.input(1, input(1, 100)));
    const effects = small.tick(small.input(1, input(2, 103)));
    const [message] = acksOf(effects, 1);
    expect(message).toMatchObject({ seq: 2, step: 103, cut: false });
    expect(message?.z).toBeCloseTo(4 + 3 * (3.2 / 60), 9);
    expect(acksOf(small.ticks(10), 1)).toEqual([]);
  });

  it('[MP3] that claim too much are refused, and the place told is to be taken whole', () => {
    const small = new SmallWorld();
    small.tick(small.join(1, 0, 0));
    small.tick(small.input(1, input(1, 0)));
    const effects = small.tick(small.input(1, input(2, 1_000_000)));
    expect(only(effects, 'problem')).toMatchObject([{ problem: { code: 'too-fast' } }]);
    expect(acksOf(effects, 1)).toMatchObject([{ cut: true }]);
  });

  it('[MP3] that come after a hitch of the server are not punished for it', () => {
    const small = new SmallWorld();
    small.tick(small.join(1, 0, 0));
    small.ticks(60);
    small.tick(small.input(1, input(1, 0)));
    // A second walked on credit; then the server stands still for one and a half.
    small.tick(small.input(1, input(2, 100)));
    const late = small.input(1, input(3, 100 + 90));
    expect(only(small.tick(late), 'problem')).toHaveLength(1);
    const again = new SmallWorld();
    again.tick(again.join(1, 0, 0));
    again.ticks(60);
    again.tick(again.input(1, input(1, 0)));
    again.tick(again.input(1, input(2, 100)));
    expect(only(again.tick({ type: 'hitch', ticks: 30 }, late), 'problem')).toEqual([]);
  });

  it('[MP3] of one who drops and returns again and again never outrun the clock', () => {
    const small = new SmallWorld();
    small.tick(small.join(1, 0, 0));
    let ticks = 0;
    const tick = (...commands: Parameters<typeof small.tick>) => {
      ticks += 1;
      small.tick(...commands);
    };
    for (let round = 0; round < 40; round++) {
      tick({ type: 'return', id: 1 }, small.input(1, input(1, 0, 2)));
      // Silence walks the shown body ahead; a late claim takes what credit there is; the drop keeps the place reached.
      for (let i = 0; i < 6; i++) tick();
      tick(small.input(1, input(2, 100 + round, 2)));
      tick({ type: 'drop', id: 1 });
    }
    const walked = small.world.people.get(1)?.mover.shown.z ?? 0;
    expect(walked).toBeGreaterThan(1);
    expect(walked).toBeLessThanOrEqual((ticks / 20 + 0.25) * 6 + 0.5);
  });

  it('[AC4] a return keeps the name, unless another join brings a new one', () => {
    const small = new SmallWorld();
    small.tick(small.join(1, 0, 0), { type: 'drop', id: 1 }, { type: 'return', id: 1 });
    expect(small.world.people.get(1)).toMatchObject({ name: 'P1', colour: 0, here: true });
    small.tick({ type: 'drop', id: 1 }, { type: 'return', id: 1, as: { name: 'Lin', colour: 5 } });
    expect(small.world.people.get(1)).toMatchObject({ name: 'Lin', colour: 5, here: true });
  });

  it('[AC7] who signs in or out stays where they are, with all they have on', () => {
    const small = new SmallWorld();
    small.tick(small.join(1, 0, 0), { type: 'devices', id: 1, mic: true, cam: true, screen: true });
    small.put(1, 3, 4);
    const kept = { mic: true, cam: true, screen: true, here: true, mover: { shown: { x: 3, z: 4 } } };
    small.tick({ type: 'identify', id: 1, identity: 'ann', as: { name: 'Ann', colour: 5 } });
    expect(small.world.people.get(1)).toMatchObject({ ...kept, identity: 'ann', name: 'Ann', colour: 5 });
    small.tick({ type: 'identify', id: 1, identity: '' });
    expect(small.world.people.get(1)).toMatchObject({ ...kept, identity: '', name: 'Ann' });
  });

  it('[AC3] a drop lets go of keys and devices', () => {
    const small = new SmallWorld();
    small.tick(small.join(1, 0, 0), { type: 'devices', id: 1, mic: true, cam: true, screen: false });
    small.tick(small.input(1, input(1, 0)));
    small.tick({ type: 'drop', id: 1 });
    const at = small.world.people.get(1)?.mover.shown;
    small.ticks(10);
    expect(small.world.people.get(1)).toMatchObject({
      here: false,
      mic: false,
      cam: false,
      mover: { shown: at },
    });
  });

  it('[AC8] to mute take microphone and screen away at once, until they are let speak again', () => {
    const small = new SmallWorld();
    const devices = { type: 'devices', id: 1, mic: true, cam: true, screen: true } as const;
    const sent = () => {
      const { mic, cam, screen, speaking } = small.world.people.get(1) ?? {};
      return { mic, cam, screen, speaking };
    };
    small.tick(small.join(1, 0, 0), devices, { type: 'speaking', id: 1, on: true });
    expect(sent()).toEqual({ mic: true, cam: true, screen: true, speaking: true });
    const silent = { mic: false, cam: true, screen: false, speaking: false };
    small.tick({ type: 'mute', id: 1, on: true });
    expect(sent()).toEqual(silent);
    small.tick(devices, { type: 'speaking', id: 1, on: true });
    expect(sent()).toEqual(silent);
    small.tick({ type: 'mute', id: 1, on: false });
    expect(sent()).toEqual(silent);
    small.tick(devices);
    expect(sent()).toMatchObject({ mic: true, screen: true });
  });

  it('of roles are told, and change nothing else', () => {
    const small = new SmallWorld();
    small.tick(small.join(1, 0, 0));
    small.world.changed.clear();
    small.tick({ type: 'role', id: 1, role: 2 });
    expect(small.world.people.get(1)?.role).toBe(2);
    expect([...small.world.changed]).toEqual([1]);
    small.world.changed.clear();
    small.tick({ type: 'role', id: 1, role: 2 });
    expect([...small.world.changed]).toEqual([]);
  });
});
