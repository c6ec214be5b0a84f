import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FriendLimits, FriendRepository, Relations } from '../friends/friend-repository.ts';

const NOON = 1_800_000_000_000;
const LIMITS: FriendLimits = { requests: 3, friends: 3, waiting: 9, blocks: 9, patienceMs: 1000 };
const [ANN, BOB, CAT, DAN] = ['A', 'B', 'C', 'D'].map((letter) => letter.repeat(22)) as [
  string,
  string,
  string,
  string,
];

/**
 * What every FriendRepository must do.
 * @param open gives a fresh empty one, what makes, renames and deletes people in it, and what closes it
 */
export function friendRepositoryContract(
  name: string,
  open: () => Promise<{
    friends: FriendRepository;
    person: (id: string, name: string) => Promise<unknown>;
    rename: (id: string, name: string) => Promise<unknown>;
    deletePerson: (id: string) => Promise<unknown>;
    close: () => Promise<void>;
  }>,
): void {
  describe(`friend repository: ${name}`, () => {
    let opened: Awaited<ReturnType<typeof open>>;
    let friends: FriendRepository;

    beforeEach(async () => {
      opened = await open();
      ({ friends } = opened);
      await opened.person(ANN, 'Ann');
      await opened.person(BOB, 'Bob');
      await opened.person(CAT, 'Çatherine');
      await opened.person(DAN, 'dan_100%');
    });
    afterEach(() => opened.close());

    const ask = (from: string, to: string, now = NOON) => friends.request(from, to, LIMITS, now);
    const accept = (by: string, from: string) => friends.accept(by, from, LIMITS, NOON + 1);
    /** The first letters of ids, by list. */
    async function around(id: string): Promise<Record<string, string>> {
      const relations: Relations = await friends.of(id);
      return Object.fromEntries(
        Object.entries(relations).flatMap(([list, all]) =>
          all.length > 0
            ? [[list, all.map((one: { identity: { id: string } }) => one.identity.id[0]).join('')]]
            : [],
        ),
      );
    }
    async function befriend(a: string, b: string): Promise<void> {
      await ask(a, b);
      expect(await accept(b, a)).toBe('friends');
    }

    it('lets one ask, and both see it', async () => {
      expect(await ask(ANN, BOB)).toBe('asked');
      expect([await around(ANN), await around(BOB)]).toEqual([{ outgoing: 'B' }, { incoming: 'A' }]);
      expect((await friends.of(BOB)).incoming[0]).toMatchObject({ since: NOON, identity: { name: 'Ann' } });
      expect(await ask(ANN, BOB)).toBe('already');
      expect(await ask(ANN, ANN)).toBe('not-found');
      expect(await ask(ANN, 'Z'.repeat(22))).toBe('not-found');
    });

    it('makes friends of who asks and who accepts', async () => {
      expect(await accept(BOB, ANN)).toBe('not-found');
      await befriend(ANN, BOB);
      expect([await around(ANN), await around(BOB)]).toEqual([{ friends: 'B' }, { friends: 'A' }]);
      expect([await ask(ANN, BOB), await ask(BOB, ANN)]).toEqual(['already', 'already']);
      expect(await accept(BOB, ANN)).toBe('not-found');
    });

    it('makes friends of two who ask each other', async () => {
      await ask(ANN, BOB);
      expect(await ask(BOB, ANN)).toBe('friends');
      expect([await around(ANN), await around(BOB)]).toEqual([{ friends: 'B' }, { friends: 'A' }]);
    });

    it('tells nobody that they were declined, and lets them ask again only later', async () => {
      await ask(ANN, BOB);
      expect(await friends.decline(BOB, ANN, NOON)).toBe(true);
      expect(await friends.decline(BOB, ANN, NOON)).toBe(false);
      expect([await around(ANN), await around(BOB)]).toEqual([{ outgoing: 'B' }, {}]);
      expect(await accept(BOB, ANN), 'a declined one').toBe('not-found');
      expect(await ask(ANN, BOB), 'as if it still waited').toBe('already');
      expect(await friends.cancel(ANN, BOB)).toBe(true);
      expect(await friends.cancel(ANN, BOB)).toBe(false);
      expect(await around(ANN)).toEqual({});
      expect(await ask(ANN, BOB, NOON + 999)).toBe('too-soon');
      expect(await around(BOB)).toEqual({});
      expect(await ask(ANN, BOB, NOON + 1000)).toBe('asked');
      expect([await around(ANN), await around(BOB)]).toEqual([{ outgoing: 'B' }, { incoming: 'A' }]);
    });

    it('lets who declined ask in their turn', async () => {
      await ask(ANN, BOB);
      await friends.decline(BOB, ANN, NOON);
      expect(await ask(BOB, ANN)).toBe('asked');
      expect(await accept(ANN, BOB)).toBe('friends');
      expect([await around(ANN), await around(BOB)]).toEqual([{ friends: 'B' }, { friends: 'A' }]);
    });

    it('takes a request back, and ends a friendship, for both', async () => {
      await ask(ANN, BOB);
      expect(await friends.cancel(BOB, ANN), 'whose it is not').toBe(false);
      expect(await friends.cancel(ANN, BOB)).toBe(true);
      expect([await around(ANN), await around(BOB)]).toEqual([{}, {}]);
      expect(await accept(BOB, ANN)).toBe('not-found');
      expect(await ask(ANN, BOB), 'again and again').toBe('too-soon');
      await befriend(BOB, ANN);
      expect(await friends.unfriend(BOB, ANN)).toBe(true);
      expect(await friends.unfriend(BOB, ANN)).toBe(false);
      expect([await around(ANN), await around(BOB)]).toEqual([{}, {}]);
    });

    it('ends all between two with a block, which only who made it sees and ends', async () => {
      await befriend(ANN, BOB);
      await ask(CAT, ANN);
      expect(await friends.block(ANN, BOB, LIMITS, NOON)).toBe('ended');
      expect(await friends.block(ANN, CAT, LIMITS, NOON)).toBe('ended');
      expect(await friends.block(ANN, CAT, LIMITS, NOON), 'again').toBe('blocked');
      expect(await friends.block(ANN, DAN, { blocks: 2 }, NOON)).toBe('too-many');
      expect(await friends.block(ANN, CAT, { blocks: 2 }, NOON), 'one that is there').toBe('blocked');
      expect(await friends.block(ANN, ANN, LIMITS, NOON)).toBe('not-found');
      expect(await friends.block(ANN, 'Z'.repeat(22), LIMITS, NOON)).toBe('not-found');
      expect([await around(ANN), await around(BOB), await around(CAT)]).toEqual([{ blocked: 'BC' }, {}, {}]);
      expect([await ask(BOB, ANN), await ask(ANN, BOB)]).toEqual(['not-found', 'not-found']);
      const blocks = [{ by: ANN, of: BOB }];
      expect(await friends.blocksAround(BOB)).toEqual(blocks);
      expect(await friends.blocksAround(ANN)).toEqual([...blocks, { by: ANN, of: CAT }]);
      expect(await friends.unblock(BOB, ANN)).toBe(false);
      expect(await friends.unblock(ANN, BOB)).toBe(true);
      expect(await ask(BOB, ANN)).toBe('asked');
    });

    it('holds limits of requests and of friends, for both', async () => {
      const strict = { ...LIMITS, requests: 1, friends: 1 };
      expect(await friends.request(ANN, BOB, strict, NOON)).toBe('asked');
      expect(await friends.request(ANN, CAT, strict, NOON)).toBe('too-many');
      expect(await friends.accept(BOB, ANN, strict, NOON)).toBe('friends');
      expect(await friends.request(ANN, CAT, strict, NOON)).toBe('asked');
      expect(await friends.accept(CAT, ANN, strict, NOON)).toBe('too-many');
      expect(await friends.request(CAT, ANN, strict, NOON)).toBe('too-many');
      expect(await around(CAT)).toEqual({ incoming: 'A' });
      const narrow = { ...LIMITS, waiting: 1 };
      expect(await friends.request(DAN, CAT, narrow, NOON)).toBe('full');
      expect(await friends.decline(CAT, ANN, NOON)).toBe(true);
      expect(await friends.request(DAN, CAT, narrow, NOON)).toBe('asked');
    });

    it('finds people by what of their name was typed, whatever its marks and case', async () => {
      const find = async (typed: string, most = 10) =>
        (await friends.search(ANN, typed, most)).map(({ id }) => id[0]).join('');
      expect([await find('BO'), await find('cath'), await find('ÇATH')]).toEqual(['B', 'C', 'C']);
      // Those who begin so come first.
      await opened.rename(CAT, 'Jordan');
      expect([await find('dan'), await find('dan', 1), await find('çath')]).toEqual(['DC', 'D', '']);
      for (const typed of ['%', '_', '100%', '_1']) expect(await find(typed), typed).toBe('D');
      expect([await find(''), await find(' '), await find('ann'), await find('\\')]).toEqual([
        '',
        '',
        '',
        '',
      ]);
      await friends.block(BOB, ANN, LIMITS, NOON);
      await friends.block(ANN, CAT, LIMITS, NOON);
      expect([await find('bob'), await find('jordan')]).toEqual(['', '']);
    });

    it('leaves nothing of who is deleted with others', async () => {
      await befriend(ANN, BOB);
      await ask(CAT, ANN);
      await friends.block(DAN, ANN, LIMITS, NOON);
      await opened.deletePerson(ANN);
      for (const id of [BOB, CAT, DAN]) expect(await around(id)).toEqual({});
    });

    it('refuses a time out of range', async () => {
      await expect(ask(ANN, BOB, Number.NaN)).rejects.toThrow(RangeError);
      await expect(friends.block(ANN, BOB, LIMITS, -1)).rejects.toThrow(RangeError);
    });
  });
}
