import { PROTOCOL_VERSION, WORLD_ROOM } from '@chatmux/schema';
import { Client } from 'colyseus.js';
import { describe, expect, it, vi } from 'vitest';
import { joinOptions } from '../testing/guest.ts';
import { useGame } from '../testing/use-game.ts';

const game = useGame();

describe('a world room', () => {
  it('lets guests in, shows them to each other, and forgets who leaves', async () => {
    const ada = await game.join({ name: ' Ada ' });
    const lin = await game.join({ name: 'Lin', colour: 5 });
    await vi.waitFor(() => expect(ada.names()).toEqual(['Ada', 'Lin']));
    await vi.waitFor(() => expect(ada.poses.has(lin.id)).toBe(true));
    expect(lin.room.state.people.get(String(lin.id))).toMatchObject({ name: 'Lin', colour: 5, here: true });
    await lin.leave();
    await vi.waitFor(() => expect(ada.names()).toEqual(['Ada']));
  });

  it('moves a body by inputs, and acknowledges them', async () => {
    const ada = await game.join();
    const lin = await game.join();
    await vi.waitFor(() => expect(lin.poses.has(ada.id)).toBe(true));
    const before = lin.poses.get(ada.id);
    ada.room.send('input', { seq: 1, step: 10, gait: 1, heading: 0 });
    await vi.waitFor(() => expect((lin.poses.get(ada.id)?.z ?? 0) - (before?.z ?? 0)).toBeGreaterThan(0.5));
    ada.room.send('input', { seq: 2, step: 40, gait: 0, heading: 0 });
    await vi.waitFor(() => expect(ada.acks.at(-1)).toMatchObject({ seq: 2, step: 40 }));
  });

  it.each([
    ['version', { version: (PROTOCOL_VERSION + 1) as typeof PROTOCOL_VERSION }, 426],
    ['empty name', { name: '  ' }, 422],
    ['invisible name', { name: '\u200b' }, 422],
    ['colour', { colour: 99 }, 400],
    ['key', { guestKey: 'short' }, 400],
    ['unknown option', { admin: true }, 400],
  ])('refuses a join with a bad %s, in words', async (_what, part, status) => {
    const join = new Client(game.url()).joinOrCreate(WORLD_ROOM, { ...joinOptions(), ...part });
    await expect(join).rejects.toMatchObject({ code: status, message: expect.stringMatching(/\w+ \w+/) });
  });
});

describe('hostile messages', () => {
  const good = { seq: 1, step: 1, gait: 1, heading: 0 };
  it.each([
    ['NaN', 'input', { ...good, heading: Number.NaN }, 'bad-message'],
    ['infinity', 'input', { ...good, step: Number.POSITIVE_INFINITY }, 'bad-message'],
    ['a wrong type', 'input', { ...good, seq: 'first' }, 'bad-message'],
    ['a place instead of keys', 'input', { ...good, x: 500, z: 500 }, 'bad-message'],
    ['nothing', 'input', undefined, 'bad-message'],
    ['a list', 'devices', [true, true], 'bad-message'],
    ['a signal to oneself', 'signal', { to: 1, epoch: 0, connection: 1 }, 'stale'],
    [
      'an sdp that is too large',
      'signal',
      { to: 1, epoch: 0, connection: 1, description: { type: 'offer', sdp: 'x'.repeat(50_000), offer: 1 } },
      'bad-message',
    ],
    ['an unknown type', 'make-me-admin', {}, 'unknown-message'],
  ])('%s is refused with a typed error', async (_what, type, message, code) => {
    const guest = await game.join();
    guest.room.send(type, message);
    expect(await guest.refusal(type)).toMatchObject({ code, message: expect.any(String) });
    expect(guest.closedWith).toBeUndefined();
  });

  it('a teleport by claiming steps is refused, and the body stays where it may be', async () => {
    const guest = await game.join();
    guest.room.send('input', { seq: 1, step: 0, gait: 2, heading: 0 });
    guest.room.send('input', { seq: 2, step: 4_000_000_000, gait: 2, heading: 0 });
    expect(await guest.refusal('input')).toMatchObject({ code: 'too-fast' });
    const [first, last] = [guest.acks[0], guest.acks.at(-1)];
    expect(last?.cut).toBe(true);
    expect(Math.hypot((last?.x ?? 0) - (first?.x ?? 0), (last?.z ?? 0) - (first?.z ?? 0))).toBeLessThan(13);
  });

  it('an old input again is refused as stale', async () => {
    const guest = await game.join();
    guest.room.send('input', good);
    guest.room.send('input', good);
    expect(await guest.refusal('input')).toMatchObject({ code: 'stale' });
  });

  it('a signal to somebody out of reach, or to nobody, is refused', async () => {
    const guest = await game.join();
    const { epoch } = guest.of('welcome')[0]?.media ?? { epoch: 0 };
    guest.room.send('signal', { to: 60_000, epoch, connection: 1, candidate: null });
    expect(await guest.refusal('signal')).toMatchObject({ code: 'not-in-plan' });
  });

  it('a request of the SFU where there is none is answered with a problem', async () => {
    const guest = await game.join();
    const { epoch } = guest.of('welcome')[0]?.media ?? { epoch: 0 };
    const asked = await guest.room.request('rtc', { method: 'capabilities', epoch });
    expect(asked).toMatchObject({ ok: false, problem: { code: 'stale' } });
    expect(await guest.room.request('rtc', { method: 'sudo' })).toMatchObject({
      problem: { code: 'bad-message' },
    });
  });

  it('too many are refused first, and a flood closes its own connection, while others go on', async () => {
    const guest = await game.join();
    const other = await game.join();
    for (let i = 0; i < 60; i++) guest.room.send('devices', { mic: false, cam: false, screen: false });
    expect(await guest.refusal('devices')).toMatchObject({ code: 'too-many' });
    for (let i = 0; i < 1500; i++) guest.room.send('input', good);
    await vi.waitFor(() => expect(guest.closedWith).toBeDefined());
    other.room.send('input', { seq: 1, step: 1, gait: 1, heading: 0 });
    await vi.waitFor(() => expect(other.acks.at(-1)?.seq).toBe(1));
  });

  it('bytes that are no message close the connection that sent them, and nothing else', async () => {
    const guest = await game.join();
    const other = await game.join();
    guest.room.connection.send(new Uint8Array([13, 165, 105, 110, 112, 117, 116, 0xda, 0xff, 0xff, 1]));
    await vi.waitFor(() => expect(guest.closedWith).toBeDefined());
    expect(other.closedWith).toBeUndefined();
  });
});

game.expectNoErrors();
