import { PUT_OUT_CODE, ROLE, type Role } from '@chatmux/schema';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { ApiVisitor } from '../testing/account-server.ts';
import { freshKey, type Guest } from '../testing/guest.ts';
import { useGame } from '../testing/use-game.ts';

const game = useGame();
const WORLD = 'plaza';

const page = (key?: ApiVisitor['key']) => {
  const port = Number(new URL(game.url()).port);
  return new ApiVisitor({ port }, `http://localhost:${port}`, key);
};
/** Somebody with an identity. */
async function somebody(name: string) {
  const api = page();
  const { account } = (await api.join(name)).body;
  return { api, id: account.id as string };
}
type Somebody = Awaited<ReturnType<typeof somebody>>;

/** They come in as who they are. */
async function enter({ api }: Somebody, guestKey = freshKey()): Promise<Guest> {
  const guest = await game.join({ guestKey }, api.cookie);
  guest.room.send('identify', { ticket: (await api.ask('/api/ticket', {})).body.ticket });
  await vi.waitFor(() => expect(entry(guest, guest)?.identity).not.toBe(''));
  return guest;
}
/** A person as another sees them. */
const entry = (witness: Guest, who: Guest) => witness.room.state.people.get(String(who.id));
const isRole = (witness: Guest, who: Guest, role: Role) =>
  vi.waitFor(() => expect(entry(witness, who)?.role).toBe(ROLE[role]));
const isGone = (who: Guest) => vi.waitFor(() => expect(who.closedWith).toBe(PUT_OUT_CODE));
const world = (who: Somebody, what: string, body: object = {}) =>
  who.api.ask(`/api/world/${what}`, { world: WORLD, ...body });

let owner: Somebody;
beforeAll(async () => {
  owner = await somebody('Olga');
  const invite = game.ownerSecret();
  expect((await page().ask('/api/invites/look', { invite })).body).toEqual({ world: '', role: 'owner' });
  expect((await owner.api.ask('/api/invites/accept', { invite })).body).toEqual({ world: '', role: 'owner' });
});

describe('the owner', () => {
  it('is who followed the link first, and nobody else', async () => {
    const late = await somebody('Late');
    const answer = await late.api.ask('/api/invites/accept', { invite: game.ownerSecret() });
    expect([answer.status, answer.body.code]).toEqual([404, 'not-found']);
    expect((await world(late, 'order')).body.code).toBe('not-yours');
    const room = await enter(owner);
    await isRole(room, room, 'owner');
  });

  it('makes moderators, who see it at once, and takes it back', async () => {
    const mona = await somebody('Mona');
    const [olga, hers] = [await enter(owner), await enter(mona)];
    expect((await world(mona, 'appoint', { id: mona.id, role: 'owner' })).body.code).toBe('not-yours');
    const { body } = await world(owner, 'appoint', { id: mona.id, role: 'moderator' });
    expect(body.order.people.map((one: { name: string; role: string }) => [one.name, one.role])).toEqual([
      ['Olga', 'owner'],
      ['Mona', 'moderator'],
    ]);
    await isRole(olga, hers, 'moderator');
    expect((await world(mona, 'order')).body.order.role).toBe('moderator');
    // Who is as much, or more, is left alone.
    expect((await world(mona, 'appoint', { id: owner.id, role: 'guest' })).body.code).toBe('not-yours');
    hers.room.send('moderate', { do: 'put-out', id: olga.id });
    expect((await hers.refusal('moderate')).code).toBe('not-yours');
    await world(owner, 'appoint', { id: mona.id, role: 'guest' });
    await isRole(olga, hers, 'guest');
  });

  it('stays one: nobody takes that away from who owns all worlds', async () => {
    expect((await world(owner, 'appoint', { id: owner.id, role: 'guest' })).body.code).toBe('not-yours');
  });
});

describe('somebody who disturbs', () => {
  it('is put out, with a word, and may come again', async () => {
    const olga = await enter(owner);
    const guestKey = freshKey();
    const pest = await game.join({ guestKey });
    pest.room.send('moderate', { do: 'put-out', id: olga.id });
    expect((await pest.refusal('moderate')).code).toBe('not-yours');
    olga.room.send('moderate', { do: 'put-out', id: pest.id });
    await isGone(pest);
    expect(pest.of('put-out')[0]?.words).toContain('put you out');
    await vi.waitFor(() => expect(entry(olga, pest)).toBeUndefined());
    await game.join({ guestKey });
  });

  it('is muted, also after coming again, until it is taken back', async () => {
    const olga = await enter(owner);
    const guestKey = freshKey();
    const pest = await game.join({ guestKey });
    pest.room.send('devices', { mic: true, cam: true, screen: true });
    await vi.waitFor(() => expect(entry(olga, pest)).toMatchObject({ mic: true, screen: true }));
    olga.room.send('moderate', { do: 'mute', id: pest.id });
    await vi.waitFor(() =>
      expect(entry(olga, pest)).toMatchObject({ muted: true, mic: false, cam: true, screen: false }),
    );
    pest.room.send('devices', { mic: true, cam: false, screen: true });
    await vi.waitFor(() =>
      expect(entry(olga, pest)).toMatchObject({ cam: false, mic: false, screen: false }),
    );
    await pest.leave();
    const again = await game.join({ guestKey });
    await vi.waitFor(() => expect(entry(olga, again)?.muted).toBe(true));
    olga.room.send('moderate', { do: 'unmute', id: again.id });
    await vi.waitFor(() => expect(entry(olga, again)?.muted).toBe(false));
    again.room.send('devices', { mic: true, cam: false, screen: false });
    await vi.waitFor(() => expect(entry(olga, again)?.mic).toBe(true));
  });

  it('is banned: by browser and by address, but not others who have an identity', async () => {
    const olga = await enter(owner);
    const friend = await enter(await somebody('Fred'));
    const guestKey = freshKey();
    const pest = await game.join({ guestKey });
    olga.room.send('moderate', { do: 'ban', id: pest.id, hours: 24 });
    await isGone(pest);
    expect(pest.of('put-out')[0]?.words).toMatch(/banned from .* for 24 hours/);
    await expect(game.join({ guestKey })).rejects.toThrow(/banned from .* for 24 hours/);
    await expect(game.join(), 'in another browser').rejects.toThrow(/Somebody of your address/);
    expect(friend.closedWith).toBeUndefined();
    await enter(await somebody('Gina'));
    const { order } = (await world(owner, 'order')).body;
    const [ban] = order.sanctions;
    expect(ban).toMatchObject({ what: 'ban', isGuest: true, by: 'Olga' });
    expect((await world(owner, 'lift', { sanction: ban.id })).body.order.sanctions).toEqual([]);
    await game.join({ guestKey });
  });

  it('is banned as who they are, on every device, and not let in as a guest either', async () => {
    const olga = await enter(owner);
    const pest = await somebody('Pest');
    const [here, there] = [await enter(pest), await enter(pest)];
    olga.room.send('moderate', { do: 'ban', id: here.id, hours: null });
    await isGone(here);
    await isGone(there);
    await expect(enter(pest)).rejects.toThrow(/You are banned from/);
    await expect(game.join()).rejects.toThrow(/Somebody of your address/);
    // Who comes by another's cookie and says then who they are leaves, too.
    const other = await somebody('Other');
    const sneaks = await game.join({}, other.api.cookie);
    sneaks.room.send('identify', { ticket: (await pest.api.ask('/api/ticket', {})).body.ticket });
    await isGone(sneaks);
    const [ban] = (await world(owner, 'order')).body.order.sanctions;
    expect(ban).toMatchObject({ what: 'ban', name: 'Pest', isGuest: false, until: null });
    await world(owner, 'lift', { sanction: ban.id });
    await enter(pest);
  });
});

describe('a moderator', () => {
  it('is met by what an owner does, and not by what was done to a guest of the same browser', async () => {
    const olga = await enter(owner);
    const mona = await somebody('Mona');
    await world(owner, 'appoint', { id: mona.id, role: 'moderator' });
    const key = freshKey();
    const hers = await enter(mona, key);
    await isRole(olga, hers, 'moderator');
    const guest = await game.join({ guestKey: key });
    olga.room.send('moderate', { do: 'ban', id: guest.id, hours: 1 });
    await isGone(guest);
    expect(hers.closedWith).toBeUndefined();
    olga.room.send('moderate', { do: 'mute', id: hers.id });
    await vi.waitFor(() => expect(entry(olga, hers)?.muted).toBe(true));
    olga.room.send('moderate', { do: 'ban', id: hers.id, hours: 1 });
    await isGone(hers);
    await expect(enter(mona)).rejects.toThrow(/You are banned/);
    for (const { id } of (await world(owner, 'order')).body.order.sanctions)
      await world(owner, 'lift', { sanction: id });
    await enter(mona);
    expect((await mona.api.ask('/api/me/export')).body.order.roles).toMatchObject([
      { worldId: WORLD, role: 2 },
    ]);
    await world(owner, 'appoint', { id: mona.id, role: 'guest' });
  });
});

describe('a world for its members', () => {
  it('lets in who has a role, keeps who is there, and puts out who signs out', async () => {
    const member = await somebody('Mia');
    const { secret } = (await world(owner, 'invite', { role: 'member', uses: 1, hours: 24 })).body;
    const guest = await game.join();
    await world(owner, 'lock', { locked: true });
    await expect(game.join()).rejects.toThrow(/for its members/);
    await expect(enter(member)).rejects.toThrow(/for its members/);
    expect(guest.closedWith).toBeUndefined();
    expect((await page().ask('/api/invites/look', { invite: secret })).body).toMatchObject({
      world: WORLD,
      role: 'member',
      by: 'Olga',
    });
    expect((await member.api.ask('/api/invites/accept', { invite: secret })).body).toEqual({
      world: WORLD,
      role: 'member',
    });
    const key = freshKey();
    const mia = await enter(member, key);
    await isRole(mia, mia, 'member');
    mia.room.send('identify', { ticket: null });
    await isGone(mia);
    expect((await world(owner, 'lock', { locked: false })).body.order.locked).toBe(false);
    await game.join();
  });

  it('has invites that end: used up, taken back, and each one once', async () => {
    const [one, two] = [await somebody('One'), await somebody('Two')];
    const made = (await world(owner, 'invite', { role: 'moderator', uses: 1, hours: 1 })).body;
    const accept = async (who: Somebody, invite: string) =>
      (await who.api.ask('/api/invites/accept', { invite })).body;
    expect((await accept(one, made.secret)).role).toBe('moderator');
    expect((await accept(two, made.secret)).code).toBe('not-found');
    // Moderators invite members, and no moderators.
    const asks = (role: Role) => world(one, 'invite', { role, uses: 5, hours: 1 });
    expect((await asks('moderator')).body.code).toBe('not-yours');
    const { secret, order } = (await asks('member')).body;
    expect((await accept(one, secret)).code).toBe('stale');
    expect((await world(one, 'revoke', { invite: order.invites[0].id })).body.order.invites).toEqual([]);
    expect((await accept(two, secret)).code).toBe('not-found');
    const { log } = (await world(owner, 'order')).body.order;
    expect(log.slice(0, 4).map((deed: object) => ({ ...deed, id: 0, at: 0 }))).toEqual([
      { id: 0, at: 0, deed: 'revoke', by: 'One', role: 'member' },
      { id: 0, at: 0, deed: 'invite', by: 'One', role: 'member' },
      { id: 0, at: 0, deed: 'accept', by: 'One', role: 'moderator' },
      { id: 0, at: 0, deed: 'invite', by: 'Olga', role: 'moderator' },
    ]);
  });
});

game.expectNoErrors();
