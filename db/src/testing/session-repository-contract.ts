import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Session, SessionRepository } from '../sessions/session-repository.ts';

const NOON = 1_800_000_000_000;
const HOUR = 3_600_000;

/**
 * What every SessionRepository must do.
 * @param open gives a fresh empty one with two people that may have sessions, what deletes a person, and what closes it
 */
export function sessionRepositoryContract(
  name: string,
  open: () => Promise<{
    sessions: SessionRepository;
    people: readonly [string, string];
    deletePerson: (id: string) => Promise<unknown>;
    close: () => Promise<void>;
  }>,
): void {
  describe(`session repository: ${name}`, () => {
    let opened: Awaited<ReturnType<typeof open>>;
    let ann: string;
    let bob: string;

    beforeEach(async () => {
      opened = await open();
      [ann, bob] = opened.people;
    });
    afterEach(() => opened.close());

    async function begin(letter: string, identityId: string, more: Partial<Session> = {}): Promise<Session> {
      const session: Session = {
        idHash: letter.repeat(64),
        identityId,
        device: 'Firefox on Linux',
        createdAt: NOON,
        usedAt: NOON,
        expiresAt: NOON + HOUR,
        confirmedAt: NOON,
        ...more,
      };
      expect(await opened.sessions.add(session, 3)).toEqual([]);
      return session;
    }
    const hashes = async (id: string) => (await opened.sessions.of(id, NOON)).map((one) => one.idHash[0]);

    it('finds a session and whose it is', async () => {
      const session = await begin('a', ann);
      expect(await opened.sessions.find(session.idHash)).toMatchObject({ session, identity: { id: ann } });
      expect(await opened.sessions.find('f'.repeat(64))).toBeUndefined();
    });

    it('lists somebody’s, the one used last first, without those that are over', async () => {
      await begin('a', ann);
      await begin('b', ann, { usedAt: NOON - 5 });
      await begin('c', ann, { expiresAt: NOON });
      await begin('d', bob);
      expect(await hashes(ann)).toEqual(['a', 'b']);
      await opened.sessions.used('b'.repeat(64), NOON + 1);
      expect((await opened.sessions.find('b'.repeat(64)))?.identity.seenAt, 'its owner was seen').toBe(
        NOON + 1,
      );
      expect(await hashes(ann)).toEqual(['b', 'a']);
    });

    it('lasts longer when it is extended, and ends when it is over', async () => {
      await begin('a', ann);
      await opened.sessions.extend('a'.repeat(64), NOON + 2 * HOUR);
      await begin('b', ann);
      expect(await opened.sessions.removeExpired(NOON + HOUR)).toEqual([
        { idHash: 'b'.repeat(64), identityId: ann },
      ]);
      expect(await opened.sessions.removeExpired(NOON + HOUR)).toEqual([]);
      expect(await opened.sessions.find('b'.repeat(64))).toBeUndefined();
      expect((await opened.sessions.find('a'.repeat(64)))?.session.expiresAt).toBe(NOON + 2 * HOUR);
    });

    it('remembers when its owner showed that it is them', async () => {
      await begin('a', ann);
      await opened.sessions.confirmed('a'.repeat(64), NOON + 7);
      expect((await opened.sessions.find('a'.repeat(64)))?.session.confirmedAt).toBe(NOON + 7);
    });

    it('ends those used longest ago where somebody has too many', async () => {
      await begin('d', bob, { usedAt: NOON - 99 });
      await begin('a', ann, { usedAt: NOON - 1 });
      await begin('b', ann, { usedAt: NOON - 3 });
      await begin('c', ann, { usedAt: NOON - 2 });
      // The newest stays whatever it says of its use.
      const newest = {
        ...(await opened.sessions.find('a'.repeat(64)))?.session,
        idHash: 'e'.repeat(64),
      } as Session;
      expect(await opened.sessions.add({ ...newest, usedAt: NOON - 9 }, 3)).toEqual(['b'.repeat(64)]);
      expect(await hashes(ann)).toEqual(['a', 'c', 'e']);
      expect(await hashes(bob)).toEqual(['d']);
    });

    it('ends one, only whose it is where that is asked', async () => {
      await begin('a', ann);
      expect(await opened.sessions.remove('a'.repeat(64), bob)).toBe(false);
      expect(await opened.sessions.remove('a'.repeat(64), ann)).toBe(true);
      expect(await opened.sessions.remove('a'.repeat(64))).toBe(false);
    });

    it('ends all of somebody, but for one, and nobody else’s', async () => {
      for (const letter of ['a', 'b', 'c']) await begin(letter, ann);
      await begin('d', bob);
      await opened.sessions.removeAllOf(ann, 'b'.repeat(64));
      expect(await hashes(ann)).toEqual(['b']);
      await opened.sessions.removeAllOf(ann);
      expect([await hashes(ann), await hashes(bob)]).toEqual([[], ['d']]);
    });

    it('goes with the person', async () => {
      await begin('a', ann);
      await opened.deletePerson(ann);
      expect(await opened.sessions.find('a'.repeat(64))).toBeUndefined();
    });

    it('is nobody’s who isn’t there, and refuses what is out of range', async () => {
      const nobodys = { ...(await begin('a', ann)), idHash: 'b'.repeat(64), identityId: 'Z'.repeat(22) };
      expect(await opened.sessions.add(nobodys, 3)).toBeUndefined();
      await expect(begin('x', ann)).rejects.toThrow(RangeError);
      await expect(begin('a', ann, { usedAt: 0.5 })).rejects.toThrow(RangeError);
    });
  });
}
