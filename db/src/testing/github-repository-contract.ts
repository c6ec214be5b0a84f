import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GithubAccount, GithubRepository } from '../identities/github-repository.ts';
import type { IdentityRepository, NewPasskey } from '../identities/identity-repository.ts';

const NOON = 1_800_000_000_000;
const ANN = { id: 'A'.repeat(22), name: 'Ann', colour: 3 };
const BOB = { id: 'B'.repeat(22), name: 'Bob', colour: 4 };
const OCTO: GithubAccount = { host: 'github.com', githubId: 7, login: 'octo' };
const CAT: GithubAccount = { host: 'github.com', githubId: 8, login: 'cat' };
const PASSKEY: NewPasskey = {
  id: 'one',
  rpId: 'example.org',
  publicKey: Uint8Array.of(1),
  counter: 0,
  transports: [],
  name: 'Phone',
};

/** What every GithubRepository must do. @param open gives fresh empty ones, and what closes them */
export function githubRepositoryContract(
  name: string,
  open: () => Promise<{
    github: GithubRepository;
    identities: IdentityRepository;
    close: () => Promise<void>;
  }>,
): void {
  describe(`github repository: ${name}`, () => {
    let github: GithubRepository;
    let identities: IdentityRepository;
    let close: () => Promise<void>;

    beforeEach(async () => {
      ({ github, identities, close } = await open());
    });
    afterEach(() => close());

    it('makes somebody, and knows them again by their number at that host, whatever they are called', async () => {
      expect(await github.used(OCTO, NOON)).toBeUndefined();
      expect(await github.create(ANN, OCTO, NOON)).toMatchObject(ANN);
      expect(await github.used({ ...OCTO, login: 'renamed' }, NOON + 5)).toBe(ANN.id);
      expect(await github.linkOf(ANN.id)).toEqual({
        ...OCTO,
        login: 'renamed',
        linkedAt: NOON,
        usedAt: NOON + 5,
      });
      expect(await github.used({ ...OCTO, host: 'github.example.org' }, NOON)).toBeUndefined();
      expect(await github.used({ ...CAT, login: OCTO.login }, NOON)).toBeUndefined();
    });

    it('makes nobody of an account that is somebody’s', async () => {
      await github.create(ANN, OCTO, NOON);
      expect(await github.create(BOB, OCTO, NOON)).toBeUndefined();
      expect(await identities.find(BOB.id)).toBeUndefined();
    });

    it('links one account to one identity', async () => {
      await identities.create(ANN, PASSKEY, [], NOON);
      expect(await github.link(ANN.id, OCTO, NOON)).toBe('linked');
      expect(await github.link(ANN.id, OCTO, NOON)).toBe('linked');
      expect(await github.link(ANN.id, CAT, NOON)).toBe('has-one');
      await github.create(BOB, CAT, NOON);
      expect(await github.link(ANN.id, CAT, NOON)).toBe('taken');
      expect(await github.link('C'.repeat(22), OCTO, NOON)).toBe('nobody');
    });

    it('never takes away the last way in, passkey or GitHub', async () => {
      await github.create(ANN, OCTO, NOON);
      expect(await github.unlink(ANN.id)).toBe('last');
      await identities.addPasskey(ANN.id, PASSKEY, 10, NOON);
      expect(await github.unlink(ANN.id)).toBe('unlinked');
      expect(await github.unlink(ANN.id)).toBe('not-found');
      expect(await identities.removePasskey(ANN.id, PASSKEY.id)).toBe('last');
      await github.link(ANN.id, OCTO, NOON);
      expect(await identities.removePasskey(ANN.id, PASSKEY.id)).toBe('removed');
      expect(await github.unlink(ANN.id)).toBe('last');
    });

    it('forgets the account with the identity', async () => {
      await github.create(ANN, OCTO, NOON);
      await identities.delete(ANN.id);
      expect(await github.linkOf(ANN.id)).toBeUndefined();
      expect(await github.used(OCTO, NOON)).toBeUndefined();
    });

    it('refuses numbers and names that are none', async () => {
      for (const wrong of [{ githubId: 0 }, { githubId: 1.5 }, { login: '' }, { host: '' }])
        await expect(github.create(ANN, { ...OCTO, ...wrong }, NOON)).rejects.toThrow(RangeError);
    });
  });
}
