import { WORLD_ROOM } from '@chatmux/schema';
import { Roster } from '@chatmux/schema/roster';
import { Client } from 'colyseus.js';
import { describe, expect, it, vi } from 'vitest';
import { freshKey, Guest, joinOptions } from '../testing/guest.ts';
import { RawGuest } from '../testing/raw-guest.ts';
import { GRACE_SECONDS, useGame } from '../testing/use-game.ts';

const game = useGame();

describe('a seat', () => {
  it('is kept for a lost connection, marked, and given back where it stood', async () => {
    const ada = await game.join({ name: 'Ada' });
    const lin = await game.join({ name: 'Lin' });
    const token = ada.room.reconnectionToken;
    ada.room.connection.close();
    await vi.waitFor(() => expect(lin.room.state.people.get(String(ada.id))?.here).toBe(false));
    const back = new Guest(await new Client(game.url()).reconnect<Roster>(token, Roster));
    await vi.waitFor(() => expect(back.id).toBe(ada.id));
    await vi.waitFor(() => expect(lin.room.state.people.get(String(ada.id))?.here).toBe(true));
    await vi.waitFor(() => expect(back.poses.has(lin.id)).toBe(true));
    expect(lin.names()).toEqual(['Ada', 'Lin']);
  });

  it('is given up after the time of grace: no ghost stays', async () => {
    const ada = await game.join({ name: 'Ada' });
    const lin = await game.join({ name: 'Lin' });
    ada.room.connection.close();
    await vi.waitFor(() => expect(lin.names()).toEqual(['Lin']), { timeout: (GRACE_SECONDS + 3) * 1000 });
  });

  it('is taken over by the same browser when its page was loaded anew: no double', async () => {
    const guestKey = freshKey();
    const ada = await game.join({ name: 'Ada', guestKey });
    const lin = await game.join({ name: 'Lin' });
    ada.room.connection.close();
    await vi.waitFor(() => expect(lin.room.state.people.get(String(ada.id))?.here).toBe(false));
    const again = await game.join({ name: 'Ada L', colour: 7, guestKey });
    expect(again.id).toBe(ada.id);
    await vi.waitFor(() => expect(lin.room.state.people.get(String(ada.id))?.here).toBe(true));
    expect(lin.room.state.people.get(String(ada.id))).toMatchObject({ name: 'Ada L', colour: 7 });
    expect(lin.names()).toEqual(['Ada L', 'Lin']);
    // The wait of the first connection ends without taking the seat away.
    await new Promise((resolve) => setTimeout(resolve, (GRACE_SECONDS + 0.5) * 1000));
    expect(lin.names()).toEqual(['Ada L', 'Lin']);
  });

  it('of another cannot be had with a wrong token', async () => {
    const ada = await game.join();
    const [roomId] = ada.room.reconnectionToken.split(':');
    await expect(new Client(game.url()).reconnect(`${roomId}:guessed-token`)).rejects.toMatchObject({
      code: 410,
    });
  });

  it('comes back where one left it, on the next visit', async () => {
    const guestKey = freshKey();
    const ada = await game.join({ guestKey });
    ada.room.send('input', { seq: 1, step: 0, gait: 2, heading: 0 });
    await vi.waitFor(() => expect(ada.acks.length).toBeGreaterThan(1));
    ada.room.send('input', { seq: 2, step: 40, gait: 0, heading: 0 });
    await vi.waitFor(() => expect(ada.acks.at(-1)?.seq).toBe(2));
    const left = ada.acks.at(-1);
    await ada.leave();
    await vi.waitFor(async () => {
      const again = await game.join({ guestKey });
      await vi.waitFor(() => expect(again.acks).not.toHaveLength(0));
      const at = again.acks[0];
      await again.leave();
      expect(at?.z).toBeCloseTo(left?.z ?? 0, 1);
    });
  });

  it('goes at once when the same browser is back on another before its line was seen to be dead', async () => {
    const guestKey = freshKey();
    const ada = await game.join({ name: 'Ada', guestKey });
    const lin = await game.join({ name: 'Lin' });
    const again = await game.join({ name: 'Ada', guestKey });
    expect(again.id).not.toBe(ada.id);
    await vi.waitFor(() => expect(lin.names()).toEqual(['Ada', 'Ada', 'Lin']));
    ada.room.connection.close();
    await vi.waitFor(() => expect(lin.names()).toEqual(['Ada', 'Lin']), {
      timeout: (GRACE_SECONDS / 2) * 1000,
    });
    expect(lin.room.state.people.get(String(again.id))?.here).toBe(true);
  });

  it('is kept again when the line breaks within the return, and the next join has it', async () => {
    const guestKey = freshKey();
    const ada = await game.join({ name: 'Ada', guestKey });
    const lin = await game.join({ name: 'Lin' });
    const hereIs = (here: boolean) =>
      vi.waitFor(() => expect(lin.room.state.people.get(String(ada.id))?.here).toBe(here));
    for (let round = 0; round < 2; round++) {
      const token = ada.room.reconnectionToken;
      if (round === 0) {
        ada.room.connection.close();
        await hereIs(false);
        const halfway = await RawGuest.comeBack(game.url(), token);
        await hereIs(true);
        halfway.socket.destroy();
      } else {
        const halfway = await RawGuest.join(game.url(), WORLD_ROOM, joinOptions({ name: 'Ada', guestKey }));
        await hereIs(true);
        halfway.socket.destroy();
      }
      await hereIs(false);
    }
    const again = await game.join({ name: 'Ada', guestKey });
    expect(again.id).toBe(ada.id);
    await hereIs(true);
    expect(lin.names()).toEqual(['Ada', 'Lin']);
  });

  it('is kept again when the line breaks before the return is done, and the next join has it', async () => {
    const guestKey = freshKey();
    const ada = await game.join({ name: 'Ada', guestKey });
    const lin = await game.join({ name: 'Lin' });
    ada.room.connection.close();
    await vi.waitFor(() => expect(lin.room.state.people.get(String(ada.id))?.here).toBe(false));
    await RawGuest.comeBackAndHangUp(game.url(), ada.room.reconnectionToken);
    const again = await game.join({ name: 'Ada', guestKey });
    expect(again.id).toBe(ada.id);
    await vi.waitFor(() => expect(lin.room.state.people.get(String(ada.id))?.here).toBe(true));
    expect(lin.names()).toEqual(['Ada', 'Lin']);
  });

  it('that was kept so is given up after the time of grace, too', async () => {
    const ada = await game.join({ name: 'Ada' });
    const lin = await game.join({ name: 'Lin' });
    ada.room.connection.close();
    await vi.waitFor(() => expect(lin.room.state.people.get(String(ada.id))?.here).toBe(false));
    (await RawGuest.comeBack(game.url(), ada.room.reconnectionToken)).socket.destroy();
    await vi.waitFor(() => expect(lin.names()).toEqual(['Lin']), { timeout: (GRACE_SECONDS + 3) * 1000 });
  });

  it('is not kept for one who never said that they had joined', async () => {
    const lin = await game.join({ name: 'Lin' });
    const raw = await RawGuest.join(game.url(), WORLD_ROOM, joinOptions({ name: 'Raw' }));
    await vi.waitFor(() => expect(lin.names()).toEqual(['Lin', 'Raw']));
    raw.socket.destroy();
    await vi.waitFor(() => expect(lin.names()).toEqual(['Lin']), { timeout: (GRACE_SECONDS / 2) * 1000 });
  });
});

game.expectNoErrors();
