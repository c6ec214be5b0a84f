import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { IdentityRepository, NewPasskey } from '../identities/identity-repository.ts';

const NOON = 1_800_000_000_000;
const ANN = { id: 'A'.repeat(22), name: 'Ann', colour: 3 };
const BOB = { id: 'B'.repeat(22), name: 'Bob', colour: 4 };
const CODES = ['1', '2', '3'].map((digit) => digit.repeat(64));
const passkey = (id: string): NewPasskey => ({
  id,
  rpId: 'example.org',
  publicKey: Uint8Array.of(1, 2, 255),
  counter: 0,
  transports: ['internal', 'hybrid'],
  name: 'Phone',
});

/** What every IdentityRepository must do. @param open gives a fresh empty one, and what closes it */
export function identityRepositoryContract(
  name: string,
  open: () => Promise<{ identities: IdentityRepository; close: () => Promise<void> }>,
): void {
  describe(`identity repository: ${name}`, () => {
    let identities: IdentityRepository;
    let close: () => Promise<void>;

    beforeEach(async () => {
      ({ identities, close } = await open());
    });
    afterEach(() => close());

    it('makes somebody with a passkey and codes, and knows them again', async () => {
      const ann = await identities.create(ANN, passkey('one'), CODES, NOON);
      expect(ann).toEqual({
        ...ANN,
        createdAt: NOON,
        seenAt: NOON,
        shows: 'place',
        pronouns: '',
        about: '',
      });
      expect(await identities.find(ANN.id)).toEqual(ann);
      expect(await identities.passkey('one')).toEqual({
        ...passkey('one'),
        identityId: ANN.id,
        createdAt: NOON,
        usedAt: undefined,
      });
      expect(await identities.codesLeft(ANN.id)).toBe(3);
      expect(await identities.find(BOB.id)).toBeUndefined();
    });

    it('makes nobody with a passkey that is somebody’s, nor half of anybody', async () => {
      await identities.create(ANN, passkey('one'), CODES, NOON);
      expect(await identities.create(BOB, passkey('one'), [], NOON)).toBeUndefined();
      expect(await identities.find(BOB.id)).toBeUndefined();
      // A code that is somebody's already undoes the rest.
      await expect(identities.create(BOB, passkey('two'), CODES.slice(0, 1), NOON)).rejects.toThrow();
      expect(await identities.find(BOB.id)).toBeUndefined();
      expect(await identities.passkey('two')).toBeUndefined();
    });

    it('changes how somebody looks', async () => {
      await identities.create(ANN, passkey('one'), [], NOON);
      const look = { name: 'Änn 🌻', colour: 0 };
      expect(await identities.setLook(ANN.id, look, NOON + 5)).toMatchObject({ ...look, seenAt: NOON + 5 });
      expect(await identities.find(ANN.id)).toMatchObject(look);
      expect(await identities.setLook(BOB.id, look, NOON)).toBeUndefined();
    });

    it('keeps how much friends see', async () => {
      await identities.create(ANN, passkey('one'), [], NOON);
      expect(await identities.setShows(ANN.id, 'nothing')).toBe(true);
      expect(await identities.find(ANN.id)).toMatchObject({ shows: 'nothing' });
      const about = { pronouns: 'she/her', about: 'In the garden' };
      expect(await identities.setAbout(ANN.id, about)).toBe(true);
      expect(await identities.find(ANN.id)).toMatchObject({ name: ANN.name, ...about });
      expect(await identities.setAbout('Z'.repeat(22), about)).toBe(false);
      expect(await identities.setShows(BOB.id, 'place')).toBe(false);
    });

    it('keeps several passkeys, each somebody’s alone, and never removes the last', async () => {
      await identities.create(ANN, passkey('one'), [], NOON);
      await identities.create(BOB, passkey('bobs'), [], NOON);
      expect(await identities.addPasskey(ANN.id, passkey('two'), 3, NOON + 1)).toBe('added');
      expect(await identities.addPasskey(ANN.id, passkey('bobs'), 3, NOON + 2)).toBe('taken');
      expect(await identities.addPasskey('C'.repeat(22), passkey('three'), 3, NOON)).toBe('nobody');
      expect(await identities.addPasskey(ANN.id, passkey('three'), 2, NOON)).toBe('full');
      const ids = async (id: string) => (await identities.passkeysOf(id)).map((one) => one.id);
      expect(await ids(ANN.id)).toEqual(['one', 'two']);
      expect(await identities.removePasskey(ANN.id, 'bobs')).toBe('not-found');
      expect(await identities.removePasskey(ANN.id, 'one')).toBe('removed');
      expect(await identities.removePasskey(ANN.id, 'two')).toBe('last');
      expect([await ids(ANN.id), await ids(BOB.id)]).toEqual([['two'], ['bobs']]);
    });

    it('counts the uses of a passkey', async () => {
      await identities.create(ANN, passkey('one'), [], NOON);
      expect(await identities.passkeyUsed('one', 0, NOON), 'one that does not count').toBe(true);
      expect(await identities.passkeyUsed('one', 7, NOON + 9)).toBe(true);
      for (const copied of [7, 6, 0])
        expect(await identities.passkeyUsed('one', copied, NOON + 10)).toBe(false);
      expect(await identities.passkey('one')).toMatchObject({ counter: 7, usedAt: NOON + 9 });
      expect(await identities.passkeyUsed('two', 1, NOON)).toBe(false);
    });

    it('takes each code once, and only those of the newest set', async () => {
      const [one = '', two = ''] = CODES;
      await identities.create(ANN, passkey('one'), CODES, NOON);
      expect(await identities.takeCode(one)).toBe(ANN.id);
      expect(await identities.takeCode(one)).toBeUndefined();
      expect(await identities.codesLeft(ANN.id)).toBe(2);
      expect(await identities.setCodes(ANN.id, ['9'.repeat(64)], NOON)).toBe(true);
      expect(await identities.setCodes(BOB.id, ['8'.repeat(64)], NOON)).toBe(false);
      expect(await identities.takeCode(two)).toBeUndefined();
      expect(await identities.takeCode('9'.repeat(64))).toBe(ANN.id);
    });

    it('deletes somebody with all that is theirs', async () => {
      await identities.create(ANN, passkey('one'), CODES, NOON);
      await identities.create(BOB, passkey('bobs'), [], NOON);
      expect(await identities.delete(ANN.id)).toBe(true);
      expect(await identities.delete(ANN.id)).toBe(false);
      expect(await identities.find(ANN.id)).toBeUndefined();
      expect(await identities.passkey('one')).toBeUndefined();
      expect(await identities.takeCode(CODES[0] ?? '')).toBeUndefined();
      expect(await identities.find(BOB.id)).toBeDefined();
    });

    it.each([
      ['a name', () => identities.create({ ...ANN, name: '' }, passkey('x'), [], NOON)],
      ['a colour', () => identities.create({ ...ANN, colour: -1 }, passkey('x'), [], NOON)],
      ['a time', () => identities.create(ANN, passkey('x'), [], Number.NaN)],
      ['a code hash', () => identities.create(ANN, passkey('x'), ['code'], NOON)],
      ['a passkey', () => identities.create(ANN, { ...passkey('x'), id: '' }, [], NOON)],
      ['a counter', () => identities.passkeyUsed('x', -1, NOON)],
      ['a taken code', () => identities.takeCode('code')],
    ])('refuses %s out of range', async (_, call) => {
      await expect(call()).rejects.toThrow(RangeError);
    });
  });
}
