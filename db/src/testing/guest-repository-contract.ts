import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GuestRepository } from '../guests/guest-repository.ts';

const ANN = 'a'.repeat(64);
const BOB = 'b'.repeat(64);
const NOON = 1_800_000_000_000;
const SQUARE = { worldId: 'square', x: 1.25, z: -3.5, yaw: 0.1 };

/** What every GuestRepository must do. @param open gives a fresh empty one, and what closes it */
export function guestRepositoryContract(
  name: string,
  open: () => Promise<{ guests: GuestRepository; close: () => Promise<void> }>,
): void {
  describe(`guest repository: ${name}`, () => {
    let guests: GuestRepository;
    let close: () => Promise<void>;

    beforeEach(async () => {
      ({ guests, close } = await open());
    });
    afterEach(() => close());

    it('makes a guest on the first visit', async () => {
      const ann = await guests.visit(ANN, { name: 'Ann', colour: 3 }, NOON);
      expect(ann).toEqual({
        id: expect.any(Number),
        keyHash: ANN,
        name: 'Ann',
        colour: 3,
        place: undefined,
        createdAt: NOON,
        seenAt: NOON,
      });
      expect(await guests.find(ANN)).toEqual(ann);
    });

    it('knows a guest again and takes the new name and colour', async () => {
      const first = await guests.visit(ANN, { name: 'Ann', colour: 3 }, NOON);
      const again = await guests.visit(ANN, { name: 'Änn 🌻', colour: 0 }, NOON + 5);
      expect(again).toEqual({ ...first, name: 'Änn 🌻', colour: 0, seenAt: NOON + 5 });
    });

    it('remembers where a guest left, also through the next visit', async () => {
      await guests.visit(ANN, { name: 'Ann', colour: 3 }, NOON);
      const left = await guests.leftAt(ANN, SQUARE, NOON + 9);
      expect(left).toMatchObject({ place: SQUARE, seenAt: NOON + 9, createdAt: NOON });
      const back = await guests.visit(ANN, { name: 'Ann', colour: 3 }, NOON + 20);
      expect(back.place).toEqual(SQUARE);
    });

    it('keeps guests apart', async () => {
      const ann = await guests.visit(ANN, { name: 'Ann', colour: 3 }, NOON);
      const bob = await guests.visit(BOB, { name: 'Bob', colour: 4 }, NOON);
      expect(bob.id).not.toBe(ann.id);
      await guests.leftAt(BOB, SQUARE, NOON + 1);
      expect(await guests.find(ANN)).toEqual(ann);
    });

    it('makes one guest of two visits at once', async () => {
      const [one, two] = await Promise.all([
        guests.visit(ANN, { name: 'Ann', colour: 3 }, NOON),
        guests.visit(ANN, { name: 'Ann', colour: 3 }, NOON),
      ]);
      expect(one.id).toBe(two.id);
    });

    it('finds nobody under an unknown key, and nobody can leave under it', async () => {
      expect(await guests.find(BOB)).toBeUndefined();
      expect(await guests.leftAt(BOB, SQUARE, NOON)).toBeUndefined();
      expect(await guests.find(BOB)).toBeUndefined();
    });

    it('does not let a caller change what it holds', async () => {
      const place = { ...SQUARE };
      await guests.visit(ANN, { name: 'Ann', colour: 3 }, NOON);
      await guests.leftAt(ANN, place, NOON);
      place.x = 99;
      expect((await guests.find(ANN))?.place).toEqual(SQUARE);
    });

    it.each([
      ['an empty key', ''],
      ['a short key', 'abc'],
      ['capitals', 'A'.repeat(64)],
      ['a secret that was not hashed', 'z'.repeat(64)],
      ['a line break at the end', `${'a'.repeat(63)}\n`],
    ])('refuses %s', async (_what, key) => {
      await expect(guests.visit(key, { name: 'Ann', colour: 3 }, NOON)).rejects.toThrow(RangeError);
      await expect(guests.find(key)).rejects.toThrow(RangeError);
      await expect(guests.leftAt(key, SQUARE, NOON)).rejects.toThrow(RangeError);
    });

    it.each([
      ['no name', { name: '', colour: 3 }],
      ['a negative colour', { name: 'Ann', colour: -1 }],
      ['half a colour', { name: 'Ann', colour: 0.5 }],
    ])('refuses %s', async (_what, look) => {
      await expect(guests.visit(ANN, look, NOON)).rejects.toThrow(RangeError);
      expect(await guests.find(ANN)).toBeUndefined();
    });

    it.each([
      ['no world', { ...SQUARE, worldId: '' }],
      ['NaN', { ...SQUARE, x: Number.NaN }],
      ['infinity', { ...SQUARE, yaw: Number.POSITIVE_INFINITY }],
    ])('refuses a place with %s and keeps the old one', async (_what, place) => {
      await guests.visit(ANN, { name: 'Ann', colour: 3 }, NOON);
      await guests.leftAt(ANN, SQUARE, NOON);
      await expect(guests.leftAt(ANN, place, NOON)).rejects.toThrow(RangeError);
      expect((await guests.find(ANN))?.place).toEqual(SQUARE);
    });

    it.each([Number.NaN, -1, 0.5])('refuses the time %s', async (now) => {
      await expect(guests.visit(ANN, { name: 'Ann', colour: 3 }, now)).rejects.toThrow(RangeError);
      await expect(guests.leftAt(ANN, SQUARE, now)).rejects.toThrow(RangeError);
    });
  });
}
