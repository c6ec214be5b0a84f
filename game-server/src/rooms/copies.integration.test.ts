import { HEADING_STEPS, parseWorldMap, WORLD_ROOM } from '@chatmux/schema';
import { matchMaker } from '@colyseus/core';
import { describe, expect, it, vi } from 'vitest';
import { freshKey, type Guest, joinOptions } from '../testing/guest.ts';
import { GRACE_SECONDS, useGame } from '../testing/use-game.ts';

const MAX_PEOPLE = 10;
const MAX_COPIES = 3;
const game = useGame({ MAX_PEOPLE: String(MAX_PEOPLE), MAX_COPIES: String(MAX_COPIES) });

const placeOf = (guest: Guest) => {
  const { worldId, copy, overflow } = guest.of('welcome')[0] ?? {};
  return { worldId, copy, overflow };
};
const many = (count: number) => Promise.all(Array.from({ length: count }, () => game.join()));
const openCopies = async (world: string) =>
  (await matchMaker.query({ name: WORLD_ROOM }))
    .filter(({ metadata }) => metadata.world === world)
    .map(({ metadata }) => metadata.copy)
    .sort();
/** A join as the route sees it, which takes no seat when it is refused. */
const ask = async (part: object) => {
  const answer = await fetch(`${game.url()}/matchmake/joinOrCreate/${WORLD_ROOM}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ ...joinOptions(), ...part }),
  });
  return { status: answer.status, body: await answer.json() };
};
const copiesClose = () => vi.waitFor(async () => expect(await openCopies('plaza')).toEqual([]), 5000);

describe('copies of a world', () => {
  it('fill one after the other when 30 come at once, and then the world is full', async () => {
    const guests = await many(3 * MAX_PEOPLE);
    for (const copy of [1, 2, 3]) {
      const here = guests.filter((guest) => placeOf(guest).copy === copy);
      expect(here).toHaveLength(MAX_PEOPLE);
      // They are in one room, and see each other there.
      for (const guest of here) {
        expect(placeOf(guest)).toEqual({ worldId: 'plaza', copy, overflow: copy > 1 });
        await vi.waitFor(() => expect(guest.room.state.people.size).toBe(MAX_PEOPLE));
      }
      expect(new Set(here.map((guest) => guest.room.roomId)).size).toBe(1);
    }
    expect(await openCopies('plaza')).toEqual([1, 2, 3]);
    for (const part of [{}, { copy: 2 }, { world: 'plaza', copy: 9 }])
      expect(await ask(part)).toMatchObject({ status: 503, body: { code: 'world-full' } });
    // Other worlds have places of their own.
    expect(placeOf(await game.join({ world: 'beach' }))).toEqual({
      worldId: 'beach',
      copy: 1,
      overflow: false,
    });
  });

  it('can be followed into while there is a place, and say so when there is none', async () => {
    await copiesClose();
    const [first] = await many(MAX_PEOPLE);
    const friend = await game.join();
    expect(placeOf(friend)).toMatchObject({ copy: 2, overflow: true });
    expect(placeOf(await game.join({ copy: 1 }))).toMatchObject({ copy: 2, overflow: true });
    expect(placeOf(await game.join({ world: 'plaza', copy: 2 }))).toMatchObject({ copy: 2, overflow: false });
    await first?.leave();
    await vi.waitFor(async () => {
      const follower = await game.join({ copy: 1 });
      if (placeOf(follower).copy !== 1) await follower.leave();
      expect(placeOf(follower)).toMatchObject({ copy: 1, overflow: false });
    });
  });

  it('keep their numbers, and a number is free again when its copy has closed', async () => {
    await copiesClose();
    const guests = await many(MAX_PEOPLE + 1);
    await Promise.all(guests.filter((guest) => placeOf(guest).copy === 1).map((guest) => guest.leave()));
    await vi.waitFor(async () => expect(await openCopies('plaza')).toEqual([2]), 5000);
    expect(placeOf(await game.join({ copy: 1 }))).toMatchObject({ copy: 2, overflow: false });
    const more = await many(MAX_PEOPLE - 1);
    expect(more.filter((guest) => placeOf(guest).copy === 1)).toHaveLength(1);
    expect(await openCopies('plaza')).toEqual([1, 2]);
  });

  it('keep a seat for the page that is loaded anew: in a full copy, and for nobody else', async () => {
    await copiesClose();
    const guestKey = freshKey();
    let line = await game.join({ name: 'Ada', guestKey });
    const { id } = line;
    const [witness] = await many(MAX_PEOPLE - 1);
    if (!witness) throw new Error('nobody came');
    for (const asked of [{}, { copy: 1 }]) {
      line.room.connection.close();
      await vi.waitFor(() => expect(witness.room.state.people.get(String(id))?.here).toBe(false));
      expect(placeOf(await game.join())).toMatchObject({ copy: 2, overflow: true });
      line = await game.join({ name: 'Ada', guestKey, ...asked });
      expect(line.id).toBe(id);
      expect(placeOf(line)).toMatchObject({ copy: 1, overflow: false });
      await vi.waitFor(() => expect(witness.room.state.people.get(String(id))?.here).toBe(true));
    }
  });

  it('give the place of a seat that nobody came back for to the next', async () => {
    await copiesClose();
    const [first] = await many(MAX_PEOPLE);
    first?.room.connection.close();
    const late = await vi.waitFor(
      async () => {
        const guest = await game.join();
        if (placeOf(guest).copy !== 1) await guest.leave();
        expect(placeOf(guest).copy).toBe(1);
        return guest;
      },
      { timeout: (GRACE_SECONDS + 3) * 1000, interval: 200 },
    );
    await vi.waitFor(() => expect(late.room.state.people.size).toBe(MAX_PEOPLE));
  });
});

describe('a world', () => {
  it.each([
    [{ world: 'moon' }, 404, 'not-found', 'There is no such world.'],
    [{ world: '../plaza' }, 400, 'bad-message', /./],
    [{ copy: 1000 }, 400, 'bad-message', /./],
    [{ overflow: true }, 400, 'bad-message', /./],
  ])('that is asked for by %j is refused', async (part, status, code, message) => {
    const words = typeof message === 'string' ? message : expect.stringMatching(message);
    expect(await ask(part)).toEqual({ status, body: { code, message: words } });
  });

  it('is entered in front of the portal one came by', async () => {
    const [one, two] = [
      await game.join({ world: 'beach', portal: 'to-the-square' }),
      await game.join({ world: 'beach', portal: 'to-the-square' }),
    ];
    const map = parseWorldMap(await (await fetch(`${game.url()}/worlds/beach.json`)).json(), 'beach.json');
    const portal = map.zones.find((zone) => zone.id === 'to-the-square');
    if (portal?.kind !== 'portal') throw new Error('the beach has no such portal');
    for (const guest of [one, two]) {
      await vi.waitFor(() => expect(guest.acks.length).toBeGreaterThan(0));
      const at = guest.acks[0] ?? { x: 0, z: 0 };
      expect(Math.hypot(at.x - portal.arrive.x, at.z - portal.arrive.z)).toBeLessThanOrEqual(1);
    }
    const elsewhere = await game.join({ world: 'beach', portal: 'no-such-portal' });
    await vi.waitFor(() => expect(elsewhere.acks.length).toBeGreaterThan(0));
    const at = elsewhere.acks[0] ?? { x: 0, z: 0 };
    expect(Math.hypot(at.x - map.spawn.x, at.z - map.spawn.z)).toBeLessThanOrEqual(map.spawn.radius + 0.5);
  });
});

it('whoever walks into a portal is told where it leads, and the others stay', async () => {
  const ada = await game.join({ world: 'plaza', portal: 'to-the-beach' });
  const lin = await game.join({ world: 'plaza', portal: 'to-the-beach' });
  // A quarter turn: towards +x, where the portal stands. A body goes on only while its client speaks.
  let seq = 0;
  await vi.waitFor(
    () => {
      seq += 1;
      ada.room.send('input', { seq, step: seq * 10, gait: 1, heading: HEADING_STEPS / 4 });
      expect(ada.of('travel')).toHaveLength(1);
    },
    { timeout: 10_000, interval: 200 },
  );
  const [travel] = ada.of('travel');
  expect(travel).toEqual({ world: 'beach', portal: 'to-the-square' });
  expect(lin.of('travel')).toEqual([]);
  const there = await game.join({ ...travel, guestKey: freshKey() });
  expect(placeOf(there)).toMatchObject({ worldId: 'beach' });
  await ada.leave();
  await vi.waitFor(() => expect(lin.room.state.people.size).toBe(1));
});

game.expectNoErrors();
