import { Roster } from '@chatmux/schema/roster';
import { Client } from 'colyseus.js';
import { describe, expect, it, vi } from 'vitest';
import { freshKey, Guest } from '../testing/guest.ts';
import { useGame } from '../testing/use-game.ts';

/** Longer than any test waits: what goes away here goes for another reason than grace. */
const game = useGame({ RECONNECT_SECONDS: '60' });

const isHere = (witness: Guest, who: Guest) => witness.room.state.people.get(String(who.id))?.here;
async function loseLine(guest: Guest, witness: Guest): Promise<void> {
  guest.room.connection.close();
  await vi.waitFor(() => expect(isHere(witness, guest)).toBe(false));
}

describe('whoever comes to another world', () => {
  it('leaves no ghost where their line was lost', async () => {
    const guestKey = freshKey();
    const lin = await game.join({ name: 'Lin' });
    const ada = await game.join({ name: 'Ada', guestKey });
    await loseLine(ada, lin);
    const there = await game.join({ name: 'Ada', guestKey, world: 'beach' });
    await vi.waitFor(() => expect(lin.names()).toEqual(['Lin']), 5000);
    // Their old way back is closed: they would be in two places.
    const back = new Client(game.url()).reconnect<Roster>(ada.room.reconnectionToken, Roster);
    await expect(back).rejects.toMatchObject({ code: 410 });
    // Who is there is told at the next tick.
    await vi.waitFor(() => expect(there.names()).toEqual(['Ada']));
  });

  it('leaves none either where the line turns out to be dead only afterwards', async () => {
    const guestKey = freshKey();
    const lin = await game.join({ name: 'Lin' });
    const ada = await game.join({ name: 'Ada', guestKey });
    await vi.waitFor(() => expect(lin.names()).toEqual(['Ada', 'Lin']));
    await game.join({ name: 'Ada', guestKey, world: 'beach' });
    ada.room.connection.close();
    await vi.waitFor(() => expect(lin.names()).toEqual(['Lin']), 5000);
  });

  it('stays in both where another tab of theirs is connected', async () => {
    const guestKey = freshKey();
    const lin = await game.join({ name: 'Lin' });
    const ada = await game.join({ name: 'Ada', guestKey });
    await game.join({ name: 'Ada', guestKey, world: 'beach' });
    const acks = ada.acks.length;
    ada.room.send('input', { seq: 1, step: 0, gait: 2, heading: 0 });
    await vi.waitFor(() => expect(ada.acks.length).toBeGreaterThan(acks));
    expect([lin.names(), isHere(lin, ada), ada.closedWith]).toEqual([['Ada', 'Lin'], true, undefined]);
  });

  it('moves nobody else: their kept seat waits for them', async () => {
    const lin = await game.join({ name: 'Lin' });
    const ada = await game.join({ name: 'Ada' });
    const token = ada.room.reconnectionToken;
    await loseLine(ada, lin);
    await game.join({ name: 'Mo', world: 'beach' });
    const back = new Guest(await new Client(game.url()).reconnect<Roster>(token, Roster));
    await vi.waitFor(() => expect(isHere(lin, ada)).toBe(true));
    expect(lin.names()).toEqual(['Ada', 'Lin']);
    await vi.waitFor(() => expect(back.id).toBe(ada.id));
  });
});

game.expectNoErrors();
