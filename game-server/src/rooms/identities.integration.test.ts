import { describe, expect, it, vi } from 'vitest';
import { ApiVisitor } from '../testing/account-server.ts';
import { freshKey, type Guest } from '../testing/guest.ts';
import { useGame } from '../testing/use-game.ts';

const game = useGame({ RECONNECT_SECONDS: '60' });

/** A signed-in browser, as a page of this server. */
const page = (key?: ApiVisitor['key']) => {
  const port = Number(new URL(game.url()).port);
  return new ApiVisitor({ port }, `http://localhost:${port}`, key);
};
const ticketOf = async (who: ApiVisitor): Promise<string> => (await who.ask('/api/ticket', {})).body.ticket;
async function identify(guest: Guest, who: ApiVisitor): Promise<void> {
  guest.room.send('identify', { ticket: await ticketOf(who) });
}
/** A guest as others see them. */
const seen = (witness: Guest, who: Guest) => witness.room.state.people.get(String(who.id));
const identityOf = (witness: Guest, who: Guest) => seen(witness, who)?.identity;

describe('a guest who signs in', () => {
  it('is somebody to all, with their name, at the same place, and a guest again when they sign out', async () => {
    const [lin, ada] = [await game.join({ name: 'Lin' }), await game.join({ name: 'Guest' })];
    const ann = page();
    const { account } = (await ann.join('Ann')).body;
    await identify(ada, ann);
    await vi.waitFor(() =>
      expect(seen(lin, ada)).toMatchObject({ identity: account.id, name: 'Ann', colour: 3 }),
    );
    ada.room.send('identify', { ticket: null });
    await vi.waitFor(() => expect(identityOf(lin, ada)).toBe(''));
    expect(ada.closedWith).toBeUndefined();
    expect(ada.of('welcome')).toHaveLength(1);
  });

  it('looks as they choose to, wherever they are, at once', async () => {
    const [lin, ada] = [await game.join({ name: 'Lin' }), await game.join({ name: 'Ada' })];
    const ann = page();
    await ann.join('Ann');
    await identify(ada, ann);
    await vi.waitFor(() => expect(identityOf(lin, ada)).not.toBe(''));
    await ann.ask('/api/me/look', { name: 'Anna', colour: 7 });
    await vi.waitFor(() => expect(seen(lin, ada)).toMatchObject({ name: 'Anna', colour: 7 }));
  });
});

describe('what somebody says of themselves', () => {
  it('is read by all where they are, at once and as it changes, and is gone with them', async () => {
    const [lin, ada] = [await game.join({ name: 'Lin' }), await game.join({ name: 'Ada' })];
    const ann = page();
    await ann.join('Ann');
    await ann.ask('/api/me/about', { pronouns: ' she/her ', about: 'In the\u200b  garden' });
    await identify(ada, ann);
    const garden = { pronouns: 'she/her', about: 'In the garden' };
    await vi.waitFor(() => expect(seen(lin, ada)).toMatchObject({ name: 'Ann', ...garden }));
    await ann.ask('/api/me/about', { pronouns: '', about: 'At work' });
    await vi.waitFor(() => expect(seen(lin, ada)).toMatchObject({ pronouns: '', about: 'At work' }));
    const long = await ann.ask('/api/me/about', { pronouns: '', about: 'x'.repeat(81) });
    expect([long.status, long.body.code]).toEqual([400, 'bad-message']);
    ada.room.send('identify', { ticket: null });
    await vi.waitFor(() => expect(seen(lin, ada)).toMatchObject({ identity: '', pronouns: '', about: '' }));
  });
});

describe('a session that ends', () => {
  it.each([
    ['here', (ann: ApiVisitor) => ann.ask('/api/sign-out', {})],
    ['with the identity', (ann: ApiVisitor) => ann.ask('/api/me/delete', {})],
    [
      'from another device',
      async (ann: ApiVisitor) => {
        const phone = page(ann.key);
        await phone.signIn();
        await phone.ask('/api/sessions/end-others', {});
      },
    ],
    [
      'one by one from another device',
      async (ann: ApiVisitor) => {
        const phone = page(ann.key);
        await phone.signIn();
        const { sessions } = (await ann.ask('/api/me')).body.account;
        const laptop = sessions.find(({ here }: { here: boolean }) => here);
        await phone.ask('/api/sessions/end', { id: laptop.id });
      },
    ],
  ])('%s leaves a guest in the room, and no other device of theirs', async (where, end) => {
    const [lin, ada] = [await game.join({ name: 'Lin' }), await game.join({ name: 'Ada' })];
    const ann = page();
    await ann.join('Ann');
    await identify(ada, ann);
    const tablet = page(ann.key);
    await tablet.signIn();
    const other = await game.join({ name: 'Tablet' });
    await identify(other, tablet);
    await vi.waitFor(() => expect(identityOf(lin, ada) && identityOf(lin, other)).toBeTruthy());
    await end(ann);
    await vi.waitFor(() => expect(identityOf(lin, ada)).toBe(''));
    if (where === 'here') expect(identityOf(lin, other)).not.toBe('');
  });

  it('is of no use by a ticket it made before', async () => {
    const [lin, ada] = [await game.join({ name: 'Lin' }), await game.join({ name: 'Ada' })];
    const ann = page();
    await ann.join('Ann');
    const ticket = await ticketOf(ann);
    await ann.ask('/api/sign-out', {});
    ada.room.send('identify', { ticket });
    expect(await ada.refusal('identify')).toMatchObject({ code: 'stale' });
    await vi.waitFor(() => expect(identityOf(lin, ada)).toBe(''));
  });
});

describe('a ticket', () => {
  it('counts once, and nobody can make one up', async () => {
    const [lin, ada] = [await game.join({ name: 'Lin' }), await game.join({ name: 'Ada' })];
    const ann = page();
    await ann.join('Ann');
    const ticket = await ticketOf(ann);
    ada.room.send('identify', { ticket });
    await vi.waitFor(() => expect(identityOf(lin, ada)).not.toBe(''));
    lin.room.send('identify', { ticket });
    expect(await lin.refusal('identify')).toMatchObject({ code: 'stale' });
    const mo = await game.join({ name: 'Mo' });
    mo.room.send('identify', { ticket: 'A'.repeat(22) });
    expect(await mo.refusal('identify')).toMatchObject({ code: 'stale' });
    const kim = await game.join({ name: 'Kim' });
    kim.room.send('identify', { identity: 'A'.repeat(22) });
    expect(await kim.refusal('identify')).toMatchObject({ code: 'bad-message' });
    await vi.waitFor(() => {
      for (const guest of [lin, mo, kim]) expect(identityOf(lin, guest)).toBe('');
    });
  });

  it('is one of many: only so many are taken of a connection', async () => {
    const ada = await game.join({ name: 'Ada' });
    for (let count = 0; count < 14; count += 1) ada.room.send('identify', { ticket: 'A'.repeat(22) });
    await vi.waitFor(() =>
      expect(ada.of('problem').filter(({ code }) => code === 'too-many').length).toBeGreaterThan(2),
    );
  });
});

describe('a seat that is kept', () => {
  it('comes back as a guest’s to a page that was loaded anew, until it says who sits there', async () => {
    const guestKey = freshKey();
    const lin = await game.join({ name: 'Lin' });
    const ada = await game.join({ name: 'Ada', guestKey });
    const ann = page();
    await ann.join('Ann');
    await identify(ada, ann);
    await vi.waitFor(() => expect(identityOf(lin, ada)).not.toBe(''));
    ada.room.connection.close();
    await vi.waitFor(() => expect(seen(lin, ada)?.here).toBe(false));
    const again = await game.join({ name: 'Ada', guestKey });
    expect(again.id).toBe(ada.id);
    await vi.waitFor(() => expect(seen(lin, ada)).toMatchObject({ here: true, identity: '' }));
    await identify(again, ann);
    await vi.waitFor(() => expect(identityOf(lin, ada)).not.toBe(''));
  });
});

describe('a block', () => {
  it('is not shaken off by signing in or out', async () => {
    const [bob, annKey, bobKey] = [page(), freshKey(), freshKey()];
    await bob.join('Bob');
    const first = [
      await game.join({ name: 'Ada', guestKey: annKey }),
      await game.join({ name: 'Bob', guestKey: bobKey }),
    ] as const;
    await identify(first[1], bob);
    await vi.waitFor(() => expect(identityOf(first[0], first[1])).not.toBe(''));
    first[0].room.send('block', { id: first[1].id, on: true });
    await vi.waitFor(() => expect(first[0].of('blocked').at(-1)).toEqual({ ids: [first[1].id] }));
    await Promise.all(first.map((guest) => guest.leave()));

    const ada = await game.join({ name: 'Ada', guestKey: annKey });
    // The same browser, signed out.
    const out = await game.join({ name: 'Bob', guestKey: bobKey });
    await vi.waitFor(() => expect(ada.of('blocked').at(-1)?.ids).toContain(out.id));
    // Another browser, signed in.
    const elsewhere = await game.join({ name: 'Bob' });
    await identify(elsewhere, bob);
    await vi.waitFor(() => expect(ada.of('blocked').at(-1)?.ids).toContain(elsewhere.id));
  });
});

game.expectNoErrors();
