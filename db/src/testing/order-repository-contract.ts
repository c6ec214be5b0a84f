import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Marks, NewInvite, NewSanction, OrderRepository } from '../order/order-repository.ts';

const NOON = 1_800_000_000_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const [ANN, BOB, CAT] = ['A', 'B', 'C'].map((letter) => letter.repeat(22)) as [string, string, string];
const hash = (letter: string) => letter.repeat(64);
const PLAZA = 'plaza';

/** What every adapter of the repository has to do. */
export function orderRepositoryContract(
  adapter: string,
  open: () => Promise<{
    order: OrderRepository;
    /** Makes somebody of this id and name. */
    person(id: string, name: string): Promise<void>;
    deletePerson(id: string): Promise<boolean>;
    close(): Promise<void>;
  }>,
): void {
  describe(`how worlds are kept in order: ${adapter}`, () => {
    let opened: Awaited<ReturnType<typeof open>>;
    let order: OrderRepository;

    beforeEach(async () => {
      opened = await open();
      order = opened.order;
      for (const [id, name] of [
        [ANN, 'Ann'],
        [BOB, 'Bob'],
        [CAT, 'Cat'],
      ] as const)
        await opened.person(id, name);
    });
    afterEach(() => opened.close());

    const marks = (more: Partial<Marks> = {}): Marks => ({
      identityId: undefined,
      guestHash: hash('a'),
      addressHash: hash('1'),
      ...more,
    });
    const sanction = (more: Partial<NewSanction> = {}): NewSanction => ({
      ...marks(),
      worldId: PLAZA,
      what: 'ban',
      name: 'Guest',
      until: NOON + HOUR,
      by: ANN,
      ...more,
    });
    const invite = (more: Partial<NewInvite> = {}): NewInvite => ({
      id: 'i'.repeat(11),
      secretHash: hash('5'),
      worldId: PLAZA,
      role: 1,
      uses: 2,
      until: NOON + DAY,
      by: ANN,
      ...more,
    });

    it('knows what somebody is in a world, and everywhere', async () => {
      expect(await order.roleOf(PLAZA, ANN)).toBe(0);
      expect(await order.setRole(PLAZA, BOB, 1, ANN, NOON)).toBe('set');
      expect(await order.setRole('', CAT, 2, ANN, NOON)).toBe('set');
      expect([await order.roleOf(PLAZA, BOB), await order.roleOf('park', BOB)]).toEqual([1, 0]);
      expect([await order.roleOf(PLAZA, CAT), await order.roleOf('park', CAT)]).toEqual([2, 2]);
      expect(await order.setRole(PLAZA, CAT, 3, ANN, NOON)).toBe('set');
      expect(
        (await order.roles(PLAZA)).map(({ identity, role, everywhere }) => [identity.name, role, everywhere]),
      ).toEqual([
        ['Cat', 3, false],
        ['Bob', 1, false],
      ]);
      expect(await order.setRole(PLAZA, BOB, 0, ANN, NOON)).toBe('set');
      expect(await order.roleOf(PLAZA, BOB)).toBe(0);
      expect(await order.setRole(PLAZA, 'Z'.repeat(22), 1, ANN, NOON)).toBe('nobody');
    });

    it('never leaves a world without an owner once it has one', async () => {
      expect(await order.hasOwner()).toBe(false);
      await order.setRole('', ANN, 3, undefined, NOON);
      expect(await order.hasOwner()).toBe(true);
      expect(await order.setRole('', ANN, 2, ANN, NOON)).toBe('last-one');
      await order.setRole('', BOB, 3, ANN, NOON);
      expect(await order.setRole('', ANN, 2, ANN, NOON)).toBe('set');
      await opened.deletePerson(BOB);
      expect(await order.hasOwner()).toBe(false);
    });

    it('locks a world, and opens it again', async () => {
      expect(await order.isLocked(PLAZA)).toBe(false);
      expect([
        await order.setLocked(PLAZA, true, ANN, NOON),
        await order.setLocked(PLAZA, true, BOB, NOON),
      ]).toEqual([true, false]);
      expect([await order.isLocked(PLAZA), await order.isLocked('park')]).toEqual([true, false]);
      expect([
        await order.setLocked(PLAZA, false, ANN, NOON),
        await order.setLocked(PLAZA, false, ANN, NOON),
      ]).toEqual([true, false]);
      expect(await order.isLocked(PLAZA)).toBe(false);
    });

    it('knows a banned guest by browser and by address, in that world and that time', async () => {
      await order.addSanction(sanction(), NOON);
      const on = async (more: Partial<Marks>, world = PLAZA, now = NOON + 1) =>
        (await order.sanctionsOn(world, marks(more), now)).length;
      expect(await on({})).toBe(1);
      expect(await on({ addressHash: hash('2') }), 'from another address').toBe(1);
      expect(await on({ guestHash: hash('b') }), 'in another browser').toBe(1);
      expect(await on({ guestHash: hash('b'), addressHash: hash('2') })).toBe(0);
      expect(await on({ guestHash: hash('b'), identityId: BOB }), 'an identity of the same address').toBe(0);
      expect(await on({ identityId: BOB }), 'an identity in the same browser').toBe(1);
      expect(await on({}, 'park')).toBe(0);
      expect(await on({}, PLAZA, NOON + HOUR), 'when it is over').toBe(0);
    });

    it('knows a banned identity on any device, and forgets addresses after a week', async () => {
      await order.addSanction(sanction({ identityId: BOB, until: undefined }), NOON);
      const later = NOON + 8 * DAY;
      const on = async (more: Partial<Marks>) => (await order.sanctionsOn(PLAZA, marks(more), later)).length;
      expect(await on({ identityId: BOB, guestHash: hash('c'), addressHash: hash('3') })).toBe(1);
      expect(await on({ guestHash: hash('c') }), 'somebody else of that address').toBe(0);
      expect(await on({}), 'that browser').toBe(1);
      expect(await order.addSanction(sanction({ identityId: 'Z'.repeat(22) }), NOON)).toBeUndefined();
    });

    it('lists what holds and lifts it', async () => {
      const first = await order.addSanction(sanction({ identityId: BOB, name: 'Bobby' }), NOON);
      await order.addSanction(sanction({ what: 'mute', until: undefined }), NOON + 1);
      await order.addSanction(sanction({ until: NOON + 2 }), NOON);
      const listed = await order.sanctions(PLAZA, NOON + 3);
      expect(listed.map(({ what, name, until, by }) => [what, name, until, by])).toEqual([
        ['mute', 'Guest', undefined, 'Ann'],
        ['ban', 'Bob', NOON + HOUR, 'Ann'],
      ]);
      await opened.deletePerson(ANN);
      expect(await order.lift('park', first ?? 0)).toBeUndefined();
      expect(await order.lift(PLAZA, first ?? 0)).toMatchObject({
        what: 'ban',
        identityId: BOB,
        by: undefined,
      });
      expect(await order.lift(PLAZA, first ?? 0)).toBeUndefined();
      expect(await order.sanctions(PLAZA, NOON + 3)).toHaveLength(1);
    });

    it('lets an invite be used as often as it says, by each once, until it ends', async () => {
      await order.addInvite(invite(), 9, NOON);
      const secret = hash('5');
      expect(await order.findInvite(secret, NOON)).toMatchObject({ worldId: PLAZA, role: 1, by: 'Ann' });
      expect(await order.accept(secret, BOB, NOON)).toMatchObject({ worldId: PLAZA, role: 1, used: 1 });
      expect(await order.roleOf(PLAZA, BOB)).toBe(1);
      expect(await order.accept(secret, BOB, NOON)).toBe('already');
      expect(await order.accept(secret, 'Z'.repeat(22), NOON)).toBe('nobody');
      expect(await order.accept(secret, CAT, NOON + DAY)).toBe('over');
      expect(await order.accept(secret, CAT, NOON)).toMatchObject({ used: 2 });
      expect(await order.accept(secret, ANN, NOON)).toBe('over');
      expect([await order.findInvite(secret, NOON), await order.invites(PLAZA, NOON)]).toEqual([
        undefined,
        [],
      ]);
    });

    it('has so many invites at most, and revokes them', async () => {
      const second = invite({ id: 'j'.repeat(11), secretHash: hash('6'), role: 2 });
      expect([
        await order.addInvite(invite(), 1, NOON),
        await order.addInvite(second, 1, NOON),
        await order.addInvite(second, 2, NOON),
      ]).toEqual([true, false, true]);
      expect(await order.revoke('park', second.id)).toBeUndefined();
      expect(await order.revoke(PLAZA, second.id)).toMatchObject({ role: 2 });
      expect(await order.findInvite(hash('6'), NOON)).toBeUndefined();
      expect((await order.invites(PLAZA, NOON)).map(({ id }) => id)).toEqual([invite().id]);
    });

    it('ends what the server itself made, and nobody else’s', async () => {
      await order.addInvite(invite(), 9, NOON);
      const own = invite({ id: 'k'.repeat(11), secretHash: hash('7'), worldId: '', role: 3, by: undefined });
      await order.addInvite(own, 9, NOON);
      await order.revokeServers();
      expect(await order.findInvite(hash('7'), NOON)).toBeUndefined();
      expect(await order.findInvite(hash('5'), NOON)).toBeDefined();
    });

    it('keeps what was done, by names as they are now, without those of who is gone', async () => {
      await order.write({ worldId: PLAZA, deed: 'ban', by: ANN, of: BOB, hours: 24 }, NOON);
      await order.write({ worldId: PLAZA, deed: 'mute', by: CAT, ofName: 'Guest' }, NOON + 1);
      await order.write({ worldId: '', deed: 'accept', by: CAT, role: 3 }, NOON + 2);
      await order.write({ worldId: 'park', deed: 'lock', by: CAT }, NOON + 3);
      await opened.deletePerson(BOB);
      expect((await order.log(PLAZA, 9)).map(({ id: _, at: __, ...deed }) => deed)).toEqual([
        { deed: 'accept', by: 'Cat', of: undefined, role: 3, hours: undefined },
        { deed: 'mute', by: 'Cat', of: 'Guest', role: undefined, hours: undefined },
        { deed: 'ban', by: 'Ann', of: undefined, role: undefined, hours: 24 },
      ]);
      expect(await order.log(PLAZA, 1)).toHaveLength(1);
    });

    it('keeps its keys, and deletes what is over', async () => {
      const key = await order.serverKey('address');
      expect(key).toHaveLength(32);
      expect([...(await order.serverKey('address'))]).toEqual([...key]);
      expect([...(await order.serverKey('other'))]).not.toEqual([...key]);
      await order.addSanction(sanction(), NOON);
      await order.addSanction(sanction({ until: undefined }), NOON);
      await order.addInvite(invite(), 9, NOON);
      await order.tidy(NOON + DAY);
      expect((await order.sanctions(PLAZA, 0)).map(({ addressHash }) => addressHash)).toEqual([hash('1')]);
      await order.tidy(NOON + 8 * DAY);
      expect((await order.sanctions(PLAZA, 0)).map(({ addressHash }) => addressHash)).toEqual([hash('0')]);
      expect(await order.findInvite(hash('5'), 0)).toBeUndefined();
    });

    it('says all that it keeps of somebody, to them alone', async () => {
      await order.setRole(PLAZA, BOB, 2, ANN, NOON);
      await order.addSanction(sanction({ identityId: BOB }), NOON + 1);
      await order.write({ worldId: PLAZA, deed: 'mute', by: BOB, of: CAT }, NOON + 2);
      expect(await order.allOf(BOB)).toEqual({
        roles: [{ worldId: PLAZA, role: 2, since: NOON }],
        sanctions: [{ worldId: PLAZA, what: 'ban', since: NOON + 1, until: NOON + HOUR }],
        deeds: [{ worldId: PLAZA, at: NOON + 2, deed: 'mute' }],
      });
      expect(await order.allOf(CAT)).toEqual({ roles: [], sanctions: [], deeds: [] });
    });

    it('refuses what is out of range', async () => {
      await expect(order.addSanction(sanction({ guestHash: 'x' }), NOON)).rejects.toThrow(RangeError);
      await expect(order.addSanction(sanction({ until: 0.5 }), NOON)).rejects.toThrow(RangeError);
      await expect(order.addInvite(invite({ secretHash: 'x' }), 9, NOON)).rejects.toThrow(RangeError);
      await expect(order.setRole(PLAZA, ANN, 1, undefined, -1)).rejects.toThrow(RangeError);
    });
  });
}
